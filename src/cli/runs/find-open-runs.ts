import { openStates, type RunRecord } from "../../runs/run.ts";
import { isLeftUnknown } from "../../runs/run-changes.ts";
import type { RunFilter, RunStore } from "../../runs/run-store.ts";

/** Runs that are not over. */
export interface OpenRuns {
  /** Only a person can tell what became of them. */
  readonly unknown: readonly RunRecord[];
  /** In the hands of a process, or free to be taken up. */
  readonly underWay: readonly RunRecord[];
  /** Whether there may be more: these are the newest 1,000. */
  readonly hasMore: boolean;
}

/** The runs that are not over, newest first. */
export async function findOpenRuns(runStore: RunStore, filter: Pick<RunFilter, "projectId" | "group" | "modelId"> = {}): Promise<OpenRuns> {
  const { runs, cursor } = await runStore.list({ ...filter, states: openStates, limit: 1_000 });
  return {
    unknown: runs.filter(isLeftUnknown),
    underWay: runs.filter((run) => !isLeftUnknown(run)),
    hasMore: cursor !== undefined,
  };
}
