/** In how many of their 64 bits two perceptual hashes differ, each of 16 hex digits. */
export function toHashDistance(one: string, other: string): number {
  let distance = 0;
  for (let bits = BigInt(`0x${one}`) ^ BigInt(`0x${other}`); bits > 0n; bits &= bits - 1n) distance += 1;
  return distance;
}
