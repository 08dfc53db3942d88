import { finalStates, openStates, type RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { readGroup } from "./read-group.ts";

/** Tells that a group is complete, where this run, which is over, was its last one. */
export async function tellGroup({ runStore, emit }: ClientContext, run: RunRecord): Promise<void> {
  if (run.group === null || run.groupSize === null || !finalStates.includes(run.state)) return;
  const { runs: open } = await runStore.list({ group: run.group, states: openStates, limit: 1 });
  if (open.length > 0) return;
  const { isComplete, finished, counts, costMicroUsd } = await readGroup(runStore, run.group);
  if (isComplete) emit(run, { type: "group.completed", runs: finished, succeeded: counts.succeeded ?? 0, costMicroUsd });
}
