/**
 * How long to wait before the next look at a prediction, in milliseconds: few looks while it cannot be done yet, many around the
 * usual end of its model, then ever fewer. About ten looks for a usual run, and never more than three a second.
 */
export function toPollDelayMs(elapsedMs: number, usualDurationMs: number): number {
  const remainingMs = usualDurationMs * 0.6 - elapsedMs;
  const nearEndMs = usualDurationMs / 20;
  const overdueMs = Math.max(0, elapsedMs - usualDurationMs * 1.5) / 5;
  return Math.min(15_000, Math.max(350, remainingMs, nearEndMs + overdueMs));
}
