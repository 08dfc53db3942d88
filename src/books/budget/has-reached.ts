/** Whether an amount is at or above so many percent of a limit. Exact: a hundred times an amount may be more than a number holds. */
export function hasReached(percent: number, limitMicroUsd: number, committedMicroUsd: number): boolean {
  return BigInt(committedMicroUsd) * 100n >= BigInt(percent) * BigInt(limitMicroUsd);
}
