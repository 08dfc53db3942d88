import { compareCodePoints } from "./compare-code-points.ts";

/** Orders lists of texts, one after the other by code point; `null` comes last. */
export function compareValues(left: readonly (string | null)[], right: readonly (string | null)[]): number {
  for (const [index, value] of left.entries()) {
    const order = compare(value, right[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compare(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return compareCodePoints(left, right);
}
