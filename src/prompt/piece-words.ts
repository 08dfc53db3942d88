// The words in lower case and singular, without a leading article: "The Sofas" is " sofa ".
function toWords(piece: string): string {
  const words = piece.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [piece];
  return ` ${words.map((word) => word.replace(/(?<=[^s]{3})s$/u, "")).join(" ")} `.replace(/^ (?:an?|the|some) (?=\S)/u, " ");
}

/** Whether `piece` is or holds `wanted`, word by word: `"a sofa with cushions"` holds `"cushion"`, `"bedside table"` does not hold `"bed"`. */
export function holdsPiece(piece: string, wanted: string): boolean {
  return toWords(piece).includes(toWords(wanted));
}

/** Whether both name the same piece. */
export function isSamePiece(one: string, other: string): boolean {
  return toWords(one) === toWords(other);
}
