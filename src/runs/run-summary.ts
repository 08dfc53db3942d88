import type { MicroUsd } from "../model/price.ts";
import type { RunState } from "./run.ts";

/** What runs can be summed up by. Days and months are those of UTC. */
export const summaryKeys = ["model", "project", "variant", "state", "day", "month", "group"] as const;

/** One of them. */
export type SummaryKey = (typeof summaryKeys)[number];

/** Which runs to sum up, and by what. */
export interface SummaryOptions {
  /** Each of these combinations is a row; with none, all runs together are one row, also where there are none. */
  readonly by: readonly SummaryKey[];
  /** Only runs created at this time or later: an ISO string, or a day such as `2026-04-01` from its beginning in UTC. */
  readonly since?: string | undefined;
  /** Only runs created before this time. */
  readonly until?: string | undefined;
  readonly projectId?: string | undefined;
  readonly modelId?: string | undefined;
  /** Where the last page ended; as that page gave it. */
  readonly cursor?: string | undefined;
  /** Rows a page. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

/** What some runs came to. Of the first seven fields it has those that it was asked `by`, `null` for runs that have none. */
export interface SummaryRow {
  readonly modelId?: string;
  readonly projectId?: string | null;
  readonly variant?: string | null;
  readonly state?: RunState;
  /** `YYYY-MM-DD`. */
  readonly day?: string;
  /** `YYYY-MM`. */
  readonly month?: string;
  readonly group?: string | null;
  readonly runs: number;
  /** How many images came home. */
  readonly images: number;
  /** Runs in the state `succeeded`. */
  readonly succeeded: number;
  /** Runs in the state `failed`. */
  readonly failed: number;
  /** Runs that a person accepted. */
  readonly accepted: number;
  /** The sum of the costs that are known. */
  readonly costMicroUsd: MicroUsd;
  /** How many runs are not in that sum, because nobody knows their cost, or not yet. */
  readonly unknownCosts: number;
  /** The part of the sum that is by a price table; the rest is by invoices. */
  readonly estimatedMicroUsd: MicroUsd;
  /** Which part of the runs that ended, in whichever way, failed: 0 to 1; `null` where none ended. */
  readonly failureRate: number | null;
  /** From its creation to its end, half of the runs that succeeded took at most so many milliseconds; `null` where none did. */
  readonly p50DurationMs: number | null;
  /** Likewise, 95 of 100. */
  readonly p95DurationMs: number | null;
  /** The sum of the known costs by the number of accepted runs, rounded up; `null` where none was accepted. */
  readonly costPerAcceptedMicroUsd: MicroUsd | null;
}

/** A page of rows, ordered by what was asked, code point by code point, `null` last; `cursor` is absent on the last one. */
export interface RunSummary {
  readonly rows: readonly SummaryRow[];
  readonly cursor?: string;
}
