/** The word that was probably meant: two typing mistakes away at most. */
export function findClosest(typed: string, known: readonly string[]): string | undefined {
  const candidates = known.map((word) => ({ word, distance: countEdits(typed, word) })).sort((one, other) => one.distance - other.distance);
  return candidates.find(({ word, distance }) => distance <= 2 && distance < word.length)?.word;
}

/** How many letters to insert, leave out or replace (Levenshtein). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...to].entries()) {
      next.push(Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
