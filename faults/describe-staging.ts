import { inspect } from "node:util";
import type { RunRecord } from "../src/runs/run.ts";
import type { ReplicateSimulator } from "../src/testing/simulator/replicate-simulator.ts";
import type { CallerRecord } from "./caller.ts";
import { findToken } from "./staging.ts";

/** All that is known of one staging. */
export interface StagingStory {
  readonly seed: number;
  readonly record: CallerRecord;
  readonly runs: readonly RunRecord[];
  readonly simulator: ReplicateSimulator;
  readonly events?: readonly string[] | undefined;
}

/** How a staging went, for a finding: what its caller was told, its events, its runs, and its predictions. */
export function describeStaging({ seed, record, runs, simulator, events = [] }: StagingStory): string {
  const { staging, told, strange } = record;
  const theirs = runs
    .filter(({ group }) => group === staging.token)
    .map(({ id, state, attempts, error }) => inspect({ id, state, attempts, error }, { depth: 5 }));
  const predictions = simulator.predictions
    .filter(({ input }) => findToken(input) === staging.token)
    .map(
      ({ id, status, createdAt, outputs }) => `prediction ${id} ${status} created ${new Date(createdAt).toISOString()}, ${outputs} outputs`,
    );
  const key = staging.request.idempotencyKey === undefined ? "without a key" : "with a key";
  return [`Seed ${seed}, ${staging.token} ${key}: ${told.join(", ")}`, ...strange, ...events, ...theirs, ...predictions].join("\n    ");
}
