/** Notes one after another, with one full stop between two: some end with one already. */
export function toSentences(...notes: readonly (string | false | undefined)[]): string {
  return notes.filter(Boolean).join(". ").replaceAll(".. ", ". ");
}
