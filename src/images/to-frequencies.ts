const count = 8;

/** The 8 × 8 slowest waves of a square grey picture, by the discrete cosine transform (DCT-II, not scaled), row by row. */
export function toFrequencies(grey: Uint8Array, side: number): readonly number[] {
  const waves = Array.from({ length: count }, (_, frequency) =>
    Array.from({ length: side }, (_, at) => Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * side))),
  );
  return waves.flatMap((down) =>
    waves.map((across) => {
      let sum = 0;
      for (let index = 0; index < side * side; index++) {
        sum += (grey[index] ?? 0) * (across[index % side] ?? 0) * (down[Math.floor(index / side)] ?? 0);
      }
      return sum;
    }),
  );
}
