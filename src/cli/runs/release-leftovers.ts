import { finalStates, type RunRecord, type RunState } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { sumCosts } from "../../runs/sum-costs.ts";
import { updateRun } from "../../runs/update-run.ts";
import { findOpenRuns } from "./find-open-runs.ts";
import { isGoneSimulation } from "./is-gone-simulation.ts";
import { keepsInFolder } from "./keeps-in-folder.ts";

// Nothing is out, or its prediction is known. A create that may still be under way keeps its lease: its connection is closed by then.
const freedStates: readonly RunState[] = ["preparing", "running"];

/**
 * Lets go what processes that are gone held in a folder. Runs of the simulator end, since that is gone, too; gives those. In a database,
 * others may be at work: there leases lapse by themselves.
 */
export async function releaseLeftovers(runStore: RunStore, nowMs: number): Promise<readonly RunRecord[]> {
  if (!keepsInFolder()) return [];
  const { unknown, underWay } = await findOpenRuns(runStore);
  const ended: RunRecord[] = [];
  for (const run of [...unknown, ...underWay]) {
    if (isGoneSimulation(run)) ended.push(await end(runStore, run, new Date(nowMs).toISOString()));
    else if (freedStates.includes(run.state) && run.leaseExpiresAt !== null) await release(runStore, run);
  }
  return ended;
}

function end(runStore: RunStore, run: RunRecord, finishedAt: string): Promise<RunRecord> {
  return updateRun(runStore, run.id, ({ state, attempts }) =>
    finalStates.includes(state) ? undefined : { state: "aborted", finishedAt, error: null, cost: sumCosts(attempts), leaseMs: null },
  );
}

function release(runStore: RunStore, { id }: RunRecord): Promise<RunRecord> {
  return updateRun(runStore, id, ({ state }) => (freedStates.includes(state) ? { leaseMs: null } : undefined));
}
