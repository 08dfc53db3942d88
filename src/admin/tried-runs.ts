import type { StagedRun } from "../client/staged-run.ts";

const maximumKept = 16;

/** The stagings that were tried here: their images stay in memory, of the newest ones. */
export interface TriedRuns {
  keep(runId: string, staged: Promise<StagedRun>): void;
  get(runId: string): Promise<StagedRun> | undefined;
}

/** None yet. */
export function createTriedRuns(): TriedRuns {
  const kept = new Map<string, Promise<StagedRun>>();
  return {
    keep(runId, staged) {
      kept.set(runId, staged);
      // What failed is asked for anew, from wherever its images are.
      staged.catch(() => kept.delete(runId));
      const [oldest] = kept.keys();
      if (kept.size > maximumKept && oldest !== undefined) kept.delete(oldest);
    },
    get: (runId) => kept.get(runId),
  };
}
