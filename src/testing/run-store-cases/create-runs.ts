import type { RunRecord } from "../../runs/run.ts";
import type { NewRun, RunStore } from "../../runs/run-store.ts";
import { sampleRun } from "./sample-run.ts";

/** Writes runs, one after the other. */
export async function createRuns(store: RunStore, runs: readonly Partial<NewRun>[]): Promise<readonly RunRecord[]> {
  const written: RunRecord[] = [];
  for (const run of runs) written.push((await store.create(sampleRun(run))).run);
  return written;
}
