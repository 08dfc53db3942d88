import type { Attempt, RunRecord } from "../../runs/run.ts";
import type { RunPage, RunStore } from "../../runs/run-store.ts";

/** A run is looked at whose attempt may have been sent so long after the run was written. */
const longestWaitMs = 86_400_000;

/** An attempt, and its run. */
export interface AttemptOfRun {
  readonly run: RunRecord;
  readonly attempt: Attempt;
}

/** A time from its beginning up to its end, in milliseconds since 1970. */
export interface Period {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** The attempts that were sent within a period, of runs written up to a day before it. Those of newer runs come first. */
export async function* readAttempts(runStore: RunStore, { sinceMs, untilMs }: Period): AsyncGenerator<AttemptOfRun, void> {
  let page: RunPage | undefined;
  do {
    page = await runStore.list({ limit: 1_000, cursor: page?.cursor });
    for (const run of page.runs) {
      if (Date.parse(run.createdAt) < sinceMs - longestWaitMs) return;
      for (const attempt of run.attempts) {
        const sentAtMs = Date.parse(attempt.sentAt);
        if (sentAtMs >= sinceMs && sentAtMs < untilMs) yield { run, attempt };
      }
    }
  } while (page.cursor !== undefined);
}

/** The attempt of a prediction, and its run; `undefined` where no run has it. */
export async function findAttempt(runStore: RunStore, predictionId: string): Promise<AttemptOfRun | undefined> {
  const [run] = (await runStore.list({ predictionId, limit: 1 })).runs;
  const attempt = run?.attempts.find((candidate) => candidate.predictionId === predictionId);
  return run && attempt && { run, attempt };
}
