import { RunConflictError } from "../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../errors/run-not-found-error.ts";
import type { RunRecord } from "./run.ts";
import type { RunPatch, RunStore } from "./run-store.ts";

/**
 * Changes a run from whatever it is now: when another change came first, it is read and judged again. `toPatch` gives
 * `undefined` to leave it as it is. `latest`: the run as it was read just now, which saves reading it.
 * @throws {RunNotFoundError}
 */
export async function updateRun(
  store: RunStore,
  id: string,
  toPatch: (run: RunRecord) => RunPatch | undefined,
  latest?: RunRecord,
): Promise<RunRecord> {
  for (let known = latest; ; known = undefined) {
    const run = known ?? (await readRun(store, id));
    const patch = toPatch(run);
    if (patch === undefined) return run;
    try {
      return await store.update(id, run.version, patch);
    } catch (error) {
      const isOutdated = RunConflictError.is(error) && error.currentVersion !== run.version;
      if (!isOutdated) throw error;
    }
  }
}

/**
 * The run of this id.
 * @throws {RunNotFoundError}
 */
export async function readRun(store: RunStore, id: string): Promise<RunRecord> {
  const run = await store.get(id);
  if (run === undefined) throw new RunNotFoundError(id);
  return run;
}
