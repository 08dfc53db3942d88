type Span = readonly [text: string, from: number, to: number];

/** Takes what was sent out of a text that came back, also where four words or more of it are quoted, and bounds its length. */
export function redact(text: string, secrets: readonly string[]): string {
  const sent = new Set(secrets.flatMap((secret) => toRuns(secret).map(([words]) => words)));
  const spans = toRuns(text).filter(([words]) => sent.has(words));
  for (const secret of secrets.filter(({ length }) => length > 3)) {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length))
      spans.push([secret, at, at + secret.length]);
  }
  let clean = "";
  let end = 0;
  for (const [, from, to] of spans.sort(([, a], [, b]) => a - b)) {
    if (from >= end) clean += `${text.slice(end, from)}[sent value]`;
    end = Math.max(end, to);
  }
  clean += text.slice(end);
  return clean.length > 500 ? `${clean.slice(0, 500)}…` : clean;
}

// Four words each, whatever stands between them and however they are capitalised. Letters without case are words of their own: scripts
// that have none may have no spaces either.
function toRuns(text: string): Span[] {
  const words = [...text.matchAll(/\p{Lo}|[\p{LC}\p{Lm}\p{M}\p{N}]+/gu)];
  return words.slice(3).map((last, at) => {
    const run = words.slice(at, at + 4);
    return [run.join(" ").toLowerCase(), run[0]?.index ?? 0, last.index + last[0].length];
  });
}

/** The texts in an input, which must not come back in a message: as they are, sentence by sentence, and as JSON writes them. */
export function toTexts(input: unknown): readonly string[] {
  if (typeof input === "string") {
    const sentences = /\s/.test(input) ? input.split(/[\r\n.!?]+/).map((sentence) => sentence.trim()) : [];
    return [...new Set([input, ...sentences].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))];
  }
  return Object.values(input ?? {}).flatMap(toTexts);
}
