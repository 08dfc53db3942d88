import { createGate } from "../basics/create-gate.ts";
import type { RunRecord, RunState } from "../runs/run.ts";
import { unansweredStates } from "./await-answer.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import type { Lease } from "./create-leases.ts";
import { createSignalFollowers } from "./create-signal-followers.ts";
import { finishRun } from "./finish-run.ts";
import { recoverRun } from "./recover-run.ts";
import type { StagedRun } from "./staged-run.ts";
import { toPause, type Waiting } from "./to-pause.ts";

/** How much is taken up at once, and how long it is waited for. */
export interface ResumeOptions extends Pick<WaitOptions, "signal" | "timeoutMs" | "onProgress"> {
  /** At most so many runs. Default 100. */
  readonly limit?: number | undefined;
  /** How many at once. Default 8. */
  readonly concurrency?: number | undefined;
}

/** What became of a run that was taken up again: its images, or the error that it ended with. */
export type ResumedRun = { readonly runId: string } & (
  | { readonly run: StagedRun; readonly error?: undefined }
  | { readonly run?: undefined; readonly error: unknown }
);

const openStates: readonly RunState[] = [...unansweredStates, "running"];

/** Takes up runs that nobody holds, oldest first, and brings each to its end. */
export async function resumeRuns(
  context: ClientContext,
  { limit, concurrency }: { readonly limit: number; readonly concurrency: number },
  waiting: Waiting,
  report: Report,
): Promise<readonly ResumedRun[]> {
  const { runStore, leases, leaseMs } = context;
  const claimed = await runStore.claim({ states: openStates, leaseMs, limit });
  const follow = createSignalFollowers();
  const inTurn = createGate(concurrency);
  // All are held from the start, and an abort ends each of them, begun or not: then all leases are let go.
  return Promise.all(claimed.map(resumeRun));

  async function resumeRun(run: RunRecord): Promise<ResumedRun> {
    const controller = new AbortController();
    const leave = follow(waiting.signal, controller);
    const own = { ...waiting, signal: controller.signal };
    try {
      const pause = toPause(context, run, own);
      const work = async (lease: Lease) => finishRun(context, await recoverRun(context, run, pause, lease), own, report);
      return { runId: run.id, run: await leases.hold(run, (lease) => inTurn(() => work(lease))) };
    } catch (error) {
      return { runId: run.id, error };
    } finally {
      leave();
    }
  }
}
