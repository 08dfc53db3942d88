import { createGate } from "../basics/create-gate.ts";
import { WaitTimeoutError } from "../errors/wait-timeout-error.ts";
import { openStates, type RunRecord } from "../runs/run.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import { createDeadline } from "./create-deadline.ts";
import type { Lease } from "./create-leases.ts";
import { createSignalFollowers } from "./create-signal-followers.ts";
import { finishRun } from "./finish-run.ts";
import { recoverRun } from "./recover-run.ts";
import { settleSpending } from "./settle-spending.ts";
import type { StagedRun } from "./staged-run.ts";
import { toPause, type Waiting } from "./to-pause.ts";

/** How much is taken up at once, and how long it is waited for. */
export interface ResumeOptions extends Pick<WaitOptions, "signal" | "timeoutMs" | "onProgress"> {
  /** At most so many runs. Default 100. */
  readonly limit?: number | undefined;
  /** How many are looked at, or brought home, at once; one whose prediction goes on holds up nobody. Default 8. */
  readonly concurrency?: number | undefined;
  /**
   * How long all of it may take, in milliseconds, for a function that is ended by then: what is not finished is let go of, for the next call.
   * Default: as long as the runs take.
   */
  readonly deadlineMs?: number | undefined;
}

/** What became of a run that was taken up again: its images, or the error that it ended with. */
export type ResumedRun = { readonly runId: string } & (
  | { readonly run: StagedRun; readonly error?: undefined }
  | { readonly run?: undefined; readonly error: unknown }
);

/** Takes up runs that nobody holds, oldest first, and brings each to its end. */
export async function resumeRuns(
  context: ClientContext,
  { limit, concurrency, deadlineMs }: { readonly limit: number; readonly concurrency: number; readonly deadlineMs: number },
  waiting: Waiting,
  report: Report,
): Promise<readonly ResumedRun[]> {
  const { runStore, leases, leaseMs, clock } = context;
  const deadline = createDeadline(clock, deadlineMs);
  const follow = createSignalFollowers();
  const gate = createGate(concurrency);
  try {
    const claimed = await runStore.claim({ states: openStates, leaseMs, limit });
    // All are held from the start, and an abort ends each of them, begun or not: then all leases are let go.
    const resumed = await Promise.all(claimed.map(resumeRun));
    if (!deadline.signal.aborted) await settleSpending(context);
    return resumed;
  } finally {
    deadline.end();
  }

  async function resumeRun(run: RunRecord): Promise<ResumedRun> {
    const controller = new AbortController();
    const leave = follow(waiting.signal, controller);
    const leaveDeadline = follow(deadline.signal, controller);
    const own = { ...waiting, signal: controller.signal, aside: gate.outside };
    try {
      const pause = toPause(context, run, own);
      const work = async (lease: Lease) => finishRun(context, await recoverRun(context, run, pause, lease), own, report);
      return { runId: run.id, run: await leases.hold(run, (lease) => gate.inside(() => work(lease))) };
    } catch (error) {
      const isLate = deadline.signal.aborted && error === deadline.signal.reason;
      return { runId: run.id, error: isLate ? new WaitTimeoutError(run.id, deadlineMs, run.attempts.at(-1)?.predictionId) : error };
    } finally {
      leave();
      leaveDeadline();
    }
  }
}
