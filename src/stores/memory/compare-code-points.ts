/** Orders two texts by code point, as a database does with `COLLATE "C"`. `<` on strings compares UTF-16 units, which differs. */
export function compareCodePoints(left: string, right: string): number {
  const [one, other] = [toDigits(left), toDigits(right)];
  return one === other ? 0 : one < other ? -1 : 1;
}

// Six hex digits for each character.
function toDigits(text: string): string {
  return Array.from(text, (character) => character.codePointAt(0)?.toString(16).padStart(6, "0")).join("");
}
