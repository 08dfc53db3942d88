/** What is wrong with a text of one line, as a sentence; `undefined` when nothing is. */
export function findTextProblem(text: unknown, maximumLength: number): string | undefined {
  if (typeof text !== "string") return "must be a string";
  if (text.length > maximumLength) return `has ${text.length} characters; at most ${maximumLength} are allowed`;
  if (/\p{Cc}/u.test(text)) return "holds control characters; remove them";
  return findBrokenCharacter(text);
}

/** Whether a text holds what Postgres cannot keep: NUL, or half of a character. A sentence, or `undefined`. */
export function findBrokenCharacter(text: string): string | undefined {
  return text.includes("\0") || /\p{Surrogate}/u.test(text) ? "holds U+0000 or half of a character; remove it" : undefined;
}
