/** A source of repeatable choices. */
export interface Random {
  /** A number from `low` up to, not including, `high`. */
  between(low: number, high: number): number;
  /** One of the values, all equally likely. */
  pick<const Value>(values: readonly [Value, ...Value[]]): Value;
  /** `true` at this chance, 0 to 1. */
  chance(share: number): boolean;
}

/** Repeatable choices that depend on nothing but these numbers. */
export function createRandom(...numbers: readonly number[]): Random {
  let state = numbers.reduce((hash, value) => scramble(hash ^ Math.trunc(value)) + Math.trunc(value / 2 ** 32), 0x9e3779b9);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    return (scramble(state) >>> 0) / 2 ** 32;
  };
  return {
    between: (low, high) => low + next() * (high - low),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    chance: (share) => next() < share,
  };
}

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
