import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { SummaryKey, SummaryRow } from "./run-summary.ts";

/** What a store counted for one row. */
export interface SummarySums {
  readonly runs: number;
  readonly images: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Runs in any final state. */
  readonly ended: number;
  readonly accepted: number;
  readonly unknownCosts: number;
  readonly costMicroUsd: bigint;
  readonly estimatedMicroUsd: bigint;
  /** Interpolated where the rank falls between two durations, as `percentile_cont` of SQL does; `null` without any. */
  readonly p50DurationMs: number | null;
  readonly p95DurationMs: number | null;
}

const fields = {
  model: "modelId",
  project: "projectId",
  variant: "variant",
  state: "state",
  day: "day",
  month: "month",
  group: "group",
} as const satisfies Record<SummaryKey, keyof SummaryRow>;

/**
 * The row of these values, one for each of `by`.
 * @throws {InvalidRequestError} where a sum is more than a number holds exactly.
 */
export function toSummaryRow(by: readonly SummaryKey[], values: readonly (string | null)[], sums: SummarySums): SummaryRow {
  const { ended, costMicroUsd, estimatedMicroUsd, p50DurationMs, p95DurationMs, ...counts } = sums;
  const accepted = BigInt(counts.accepted);
  return {
    ...Object.fromEntries(by.map((key, index) => [fields[key], values[index] ?? null])),
    ...counts,
    costMicroUsd: toExact(costMicroUsd),
    estimatedMicroUsd: toExact(estimatedMicroUsd),
    failureRate: ended === 0 ? null : counts.failed / ended,
    p50DurationMs: p50DurationMs === null ? null : Math.round(p50DurationMs),
    p95DurationMs: p95DurationMs === null ? null : Math.round(p95DurationMs),
    costPerAcceptedMicroUsd: accepted === 0n ? null : toExact((costMicroUsd + accepted - 1n) / accepted),
  };
}

function toExact(microUsd: bigint): number {
  if (microUsd <= Number.MAX_SAFE_INTEGER) return Number(microUsd);
  const message = "The costs of these runs are more than 9,007,199,254,740,991 micro-dollars together: sum up a shorter time";
  throw new InvalidRequestError([{ field: "since", message }]);
}
