/** Orders two texts by code point, as a database does with `COLLATE "C"`. `<` on strings compares UTF-16 units, which differs. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = toRank(left.charCodeAt(index)) - toRank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

// Characters above U+FFFF are written with units from 0xD800 to 0xDFFF, yet stand behind all others.
function toRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
