/** What a piece of furniture is compared by: its words in lower case and singular, without a leading article. `"The Sofas"` is `["sofa"]`. */
export function pieceWords(piece: string): readonly string[] {
  const words = piece.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [piece];
  const named = words.length > 1 && /^(?:a|an|the|some)$/u.test(words[0] ?? "") ? words.slice(1) : words;
  return named.map((word) => (/[^s]s$/u.test(word) && word.length > 3 ? word.slice(0, -1) : word));
}

/** Whether `piece` is or holds `wanted`, word by word: `"a sofa with cushions"` holds `"cushion"`, `"bedside table"` does not hold `"bed"`. */
export function holdsPiece(piece: string, wanted: string): boolean {
  return ` ${pieceWords(piece).join(" ")} `.includes(` ${pieceWords(wanted).join(" ")} `);
}

/** Whether both name the same piece. */
export function isSamePiece(one: string, other: string): boolean {
  return pieceWords(one).join(" ") === pieceWords(other).join(" ");
}
