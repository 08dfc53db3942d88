import { finalStates, type RunRecord } from "./run.ts";
import type { SummaryKey } from "./run-summary.ts";
import type { SummarySums } from "./to-summary-row.ts";

/** The sums of all runs that have the same values of what was asked. */
export interface SummaryGroup {
  /** One for each of `by`. */
  readonly values: readonly (string | null)[];
  readonly sums: SummarySums;
}

interface Tally {
  readonly values: readonly (string | null)[];
  readonly durationsMs: number[];
  readonly sums: { -readonly [Name in keyof SummarySums]: SummarySums[Name] };
}

const readers: Readonly<Record<SummaryKey, (run: RunRecord) => string | null>> = {
  model: ({ modelId }) => modelId,
  // Of a run that an earlier release wrote, a field of today is absent.
  project: ({ projectId }) => projectId ?? null,
  variant: ({ variant }) => variant ?? null,
  state: ({ state }) => state,
  day: ({ createdAt }) => createdAt.slice(0, 10),
  month: ({ createdAt }) => createdAt.slice(0, 7),
  group: ({ group }) => group ?? null,
};

/** Sums up runs, in no order. */
export function toSummary(runs: Iterable<RunRecord>, by: readonly SummaryKey[]): readonly SummaryGroup[] {
  const tallies = new Map<string, Tally>();
  const tallyOf = (values: Tally["values"]): Tally => {
    const name = JSON.stringify(values);
    const tally = tallies.get(name) ?? toTally(values);
    tallies.set(name, tally);
    return tally;
  };
  if (by.length === 0) tallyOf([]);
  for (const run of runs) count(tallyOf(by.map((key) => readers[key](run))), run);
  return [...tallies.values()].map(({ values, durationsMs, sums }) => {
    durationsMs.sort((a, b) => a - b);
    return { values, sums: { ...sums, p50DurationMs: toPercentile(durationsMs, 0.5), p95DurationMs: toPercentile(durationsMs, 0.95) } };
  });
}

function toTally(values: Tally["values"]): Tally {
  const counts = { runs: 0, images: 0, succeeded: 0, failed: 0, ended: 0, accepted: 0, unknownCosts: 0 };
  const sums = { ...counts, costMicroUsd: 0n, estimatedMicroUsd: 0n, p50DurationMs: null, p95DurationMs: null };
  return { values, durationsMs: [], sums };
}

function count({ sums, durationsMs }: Tally, { state, images, feedback, cost, createdAt, finishedAt }: RunRecord): void {
  sums.runs += 1;
  sums.images += images.length;
  if (finalStates.includes(state)) sums.ended += 1;
  if (state === "failed") sums.failed += 1;
  if (feedback?.accepted === true) sums.accepted += 1;
  if (cost === null || cost.microUsd === null) {
    sums.unknownCosts += 1;
  } else {
    sums.costMicroUsd += BigInt(cost.microUsd);
    if (cost.basis === "table") sums.estimatedMicroUsd += BigInt(cost.microUsd);
  }
  if (state !== "succeeded") return;
  sums.succeeded += 1;
  // The end is told by the process that saw it: by its clock, it may lie before the beginning.
  if (finishedAt !== null) durationsMs.push(Math.max(0, Date.parse(finishedAt) - Date.parse(createdAt)));
}

/** As `percentile_cont` of SQL reckons it, step by step, so that both give the same. */
function toPercentile(sorted: readonly number[], part: number): number | null {
  const rank = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return low === undefined || high === undefined ? null : low + (rank - Math.floor(rank)) * (high - low);
}
