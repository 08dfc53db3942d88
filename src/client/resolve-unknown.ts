import { NotCreatedError } from "../errors/not-created-error.ts";
import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import type { RunPatch } from "../runs/run-store.ts";
import type { ClientContext } from "./client-context.ts";
import { type AnsweredRun, isHeldByAnother, notePrediction } from "./note-prediction.ts";
import { reconcile } from "./reconcile.ts";
import type { Pause } from "./to-pause.ts";
import { toRunError, updateRun, withLastAttempt } from "./update-run.ts";

/** What is known of a create that nobody answered. */
export interface Unanswered {
  readonly reason: string;
  readonly cause?: unknown;
  /** When its connection was closed at the latest, by the client's clock. */
  readonly closedMs: number;
  readonly pause: Pause;
}

// What is left to a person is nobody's to claim: the longest lease there is.
const leftMs = 365 * 86_400_000;

/**
 * Finds out what became of the run's last attempt, and writes it down. Gives the run with its prediction; without one, it is certain that
 * nothing was created.
 * @throws {UnknownOutcomeError} when it cannot be told, or must not be acted upon (`onUnknown: "stop"`): the run is left to a person.
 * @throws {WaitTimeoutError} when the caller's time is over.
 */
export async function resolveUnknown(context: ClientContext, sent: RunRecord, unanswered: Unanswered): Promise<AnsweredRun> {
  const { emit, runStore, leaseMs, onUnknown } = context;
  const { pause, closedMs, reason, cause } = unanswered;
  const attempt = sent.attempts.length;
  emit(sent, { type: "attempt.unknown", attempt, reason });
  // What became of the money matters more than a store that fails.
  const run = await note(() => ({ state: "unknown", leaseMs })).catch(() => sent);
  for (;;) {
    const verdict = await reconcile(context, run, closedMs, pause);
    if (verdict.kind === "found") {
      const { prediction } = verdict;
      const answered = await notePrediction(context, run.id, prediction, "listing").catch(ignoreHeld);
      // Somebody else was first to hold it: ours may be another one.
      if (answered === undefined) continue;
      emit(answered.run, { type: "attempt.found", attempt, predictionId: prediction.id });
      return answered;
    }
    if (verdict.kind === "absent") emit(run, { type: "attempt.absent", attempt });
    if (verdict.kind === "doubt" || onUnknown === "stop") {
      return leave(verdict.kind === "doubt" ? verdict.reason : "Replicate lists no such prediction");
    }
    const error = toRunError(new NotCreatedError(run.id));
    return { run: await note((current) => ({ state: "unknown", leaseMs, attempts: withLastAttempt(current, { error }) })) };
  }

  async function leave(doubt: string): Promise<never> {
    const error = new UnknownOutcomeError(run.id, `${reason}; ${doubt}`, cause);
    const runError = toRunError(error);
    await note((current) => ({
      state: "unknown",
      error: runError,
      attempts: withLastAttempt(current, { error: runError }),
      leaseMs: leftMs,
    }));
    emit(run, { type: "run.left_unknown", reason: doubt });
    throw error;
  }

  // A run that has its prediction, or is over, stays as it is.
  function note(toPatch: (current: RunRecord) => RunPatch): Promise<RunRecord> {
    return updateRun(runStore, sent.id, (current) => {
      const isOpen = !finalStates.includes(current.state) && !current.attempts.at(-1)?.predictionId;
      return isOpen && current.attempts.length === attempt ? toPatch(current) : undefined;
    });
  }
}

function ignoreHeld(error: unknown): undefined {
  if (!isHeldByAnother(error)) throw error;
}
