import type { RunRecord } from "../runs/run.ts";

/**
 * How long the model computed, in milliseconds, as Replicate measured it; `null` where it did not say. A simulator that runs `speed`
 * times faster measures so much less.
 */
export function toModelDurationMs({ attempts }: Pick<RunRecord, "attempts">, speed: number): number | null {
  const seconds = attempts.at(-1)?.predictTimeSeconds;
  return seconds === null || seconds === undefined ? null : Math.round(seconds * speed * 1_000);
}
