import { RunNotWaitableError } from "../errors/run-not-waitable-error.ts";
import type { RunRecord, RunState } from "../runs/run.ts";
import { isLeftUnknown } from "../runs/run-changes.ts";
import { readRun } from "../runs/update-run.ts";
import type { ClientContext } from "./client-context.ts";
import type { AnsweredRun } from "./note-prediction.ts";
import { recoverRun } from "./recover-run.ts";
import type { Pause } from "./to-pause.ts";

/** The states of a run that has yet to be sent, or whose answer is not in. */
export const unansweredStates: readonly RunState[] = ["preparing", "creating", "unknown"];

/**
 * Waits until it is known what became of a run that somebody else sends, and takes it over if they are gone.
 * @throws {RunNotWaitableError} when only a person can tell.
 * @throws {UnknownOutcomeError} {WaitTimeoutError} as `recoverRun` does.
 */
export async function awaitAnswer(
  context: ClientContext,
  joined: RunRecord,
  pause: Pause,
): Promise<AnsweredRun & { readonly isTakenOver: boolean }> {
  const { runStore, leases, leaseMs } = context;
  let run = joined;
  for (let delayMs = 100; unansweredStates.includes(run.state); delayMs = Math.min(delayMs * 2, 2_000)) {
    if (isLeftUnknown(run)) throw new RunNotWaitableError(run.id, run.state);
    const [claimed] = await runStore.claim({ id: run.id, states: unansweredStates, leaseMs, limit: 1 });
    if (claimed?.id === run.id) {
      return { ...(await leases.hold(claimed, (lease) => recoverRun(context, claimed, pause, lease))), isTakenOver: true };
    }
    await pause(delayMs);
    run = await readRun(runStore, run.id);
  }
  return { run, isTakenOver: false };
}
