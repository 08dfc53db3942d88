/**
 * In how many of their 64 bits two perceptual hashes differ: 0 for the same picture, about 32 for two that have nothing in common.
 *
 * @throws {TypeError} One of them is no perceptual hash of 16 hex digits.
 */
export function hammingDistance(one: string, other: string): number {
  let different = toBits(one) ^ toBits(other);
  let count = 0;
  while (different > 0n) {
    count += Number(different & 1n);
    different >>= 1n;
  }
  return count;
}

function toBits(hash: string): bigint {
  if (!/^[\da-f]{16}$/i.test(hash)) throw new TypeError("A perceptual hash has 16 hex digits");
  return BigInt(`0x${hash}`);
}
