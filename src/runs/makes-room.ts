import type { Attempt, RunRecord } from "./run.ts";

/** Whether a run is over and nothing was, or may have been, paid for it: then its key is free again. */
export function makesRoom({ state, attempts, error }: RunRecord): boolean {
  const isOver = state === "failed" || state === "aborted" || (attempts.length === 0 && (state === "canceled" || state === "expired"));
  return isOver && (error?.billed ?? "no") === "no" && attempts.every(wasFree);
}

// An attempt that nobody answered may be running, and paid for.
function wasFree({ cost, error, predictionStatus }: Attempt): boolean {
  return !(cost?.outputs || cost?.microUsd) && (error === null ? predictionStatus === "aborted" : error.billed === "no");
}
