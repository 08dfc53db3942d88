import { NotCreatedError } from "../errors/not-created-error.ts";
import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import type { RunRecord } from "../runs/run.ts";
import { toRunError, withLastAttempt } from "../runs/run-changes.ts";
import type { RunPatch } from "../runs/run-store.ts";
import type { ClientContext } from "./client-context.ts";
import type { Lease } from "./create-leases.ts";
import { type AnsweredRun, isHeldByAnother, notePrediction } from "./note-prediction.ts";
import { isUnanswered, reconcile } from "./reconcile.ts";
import { toErrorOfSent } from "./to-error-of-sent.ts";
import type { Pause } from "./to-pause.ts";

/** What is known of a create that nobody answered. */
export interface Unanswered {
  readonly reason: string;
  readonly cause?: unknown;
  readonly pause: Pause;
  readonly lease: Lease;
}

// What is left to a person is nobody's to claim: the longest lease there is.
const leftMs = 365 * 86_400_000;

/** What became of it: the run with its prediction, or as somebody else left it; or it is certain that nothing was created. */
export type Resolved = AnsweredRun & { readonly isAbsent: boolean };

/**
 * Finds out what became of the run's last attempt, whose connection is closed, and writes it down.
 * @throws {UnknownOutcomeError} when it cannot be told, or must not be acted upon (`onUnknown: "stop"`): the run is left to a person.
 * @throws {WaitTimeoutError} when the caller's time is over.
 */
export async function resolveUnknown(
  context: ClientContext,
  sent: RunRecord,
  { reason, cause, pause, lease }: Unanswered,
): Promise<Resolved> {
  const { emit, onUnknown } = context;
  const attempt = sent.attempts.length;
  emit(sent, { type: "attempt.unknown", attempt, reason });
  // What became of the money matters more than a store that fails.
  const { run } = await note(() => ({ state: "unknown" })).catch(() => ({ run: sent }));
  for (;;) {
    const verdict = await reconcile(context, lease, run, pause).catch(fail);
    if (verdict.kind === "told") return { run: verdict.run, isAbsent: false };
    if (verdict.kind === "found") {
      const { prediction } = verdict;
      const answered = await notePrediction(context, run.id, prediction, "listing").catch((error) =>
        isHeldByAnother(error) ? undefined : fail(error, prediction.id),
      );
      // Somebody else was first to hold it: ours may be another one.
      if (answered === undefined) continue;
      emit(answered.run, { type: "attempt.found", attempt, predictionId: prediction.id });
      return { ...answered, isAbsent: false };
    }
    if (verdict.kind === "absent") emit(run, { type: "attempt.absent", attempt });
    if (verdict.kind === "doubt" || onUnknown === "stop") {
      return leave(verdict.kind === "doubt" ? verdict.reason : "Replicate lists no such prediction");
    }
    const error = toRunError(new NotCreatedError(run.id));
    const noted = await note((current) => ({ state: "unknown", error: null, attempts: withLastAttempt(current, { error }) })).catch(fail);
    return { run: noted.run, isAbsent: noted.isOurs && isUnanswered(noted.run, sent) };
  }

  // Whoever repeats what failed here may pay once more.
  function fail(error: unknown, predictionId?: string): never {
    throw toErrorOfSent(error, run.id, predictionId);
  }

  async function leave(doubt: string): Promise<Resolved> {
    const unknown = new UnknownOutcomeError(run.id, `${reason}; ${doubt}`, cause);
    const error = toRunError(unknown);
    // Where the store fails, whoever takes the run up next finds the same.
    const left = { state: "unknown", error, leaseMs: leftMs } as const;
    const noted = await note((current) => ({ ...left, attempts: withLastAttempt(current, { error }) })).catch(() => undefined);
    if (noted && !(noted.isOurs && isUnanswered(noted.run, sent))) return { run: noted.run, isAbsent: false };
    emit(run, { type: "run.left_unknown", reason: doubt });
    throw unknown;
  }

  // A run that has its prediction, is over, or is in other hands stays as it is.
  function note(toPatch: (current: RunRecord) => RunPatch) {
    return lease.update((current) => (isUnanswered(current, sent) ? toPatch(current) : undefined));
  }
}
