import { NotCreatedError } from "../errors/not-created-error.ts";
import { RestageError } from "../errors/restage-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import { ThrottledError } from "../errors/throttled-error.ts";
import type { AnyModel } from "../model/model.ts";
import { getAccount } from "../replicate/account.ts";
import { createPrediction } from "../replicate/create.ts";
import type { RunRecord } from "../runs/run.ts";
import { cancelOnAbort } from "./cancel-on-abort.ts";
import { claimAttempt, maximumDateAgeMs } from "./claim-attempt.ts";
import type { ClientContext } from "./client-context.ts";
import type { Lease } from "./create-leases.ts";
import { type AnsweredRun, noteAnswer } from "./note-prediction.ts";
import { resolveUnknown } from "./resolve-unknown.ts";
import { settleRun, toRefusal } from "./settle-run.ts";
import { toMark } from "./to-mark.ts";
import { toPause, type Waiting } from "./to-pause.ts";

/** What is sent, and how long its sender waits. */
export interface Sending {
  readonly model: AnyModel;
  readonly input: Readonly<Record<string, unknown>>;
  readonly waiting: Waiting;
  readonly lease: Lease;
}

// How often a create is sent when each time it is certain that nothing left, as when the connection is refused.
const maximumTries = 4;

/**
 * Creates the run's prediction: limiter, one compare-and-set, one POST; again only when it is certain that nothing was created. Gives the
 * run without a prediction when somebody else has taken it over.
 * @throws {UnknownOutcomeError} when it cannot be told whether a prediction was created: that is left to a person.
 * @throws {WaitTimeoutError} while that is being found out; `resume` goes on with it.
 * @throws {RestageError} the typed error when nothing was created: the run is settled.
 */
export async function createOnce(context: ClientContext, prepared: RunRecord, sending: Sending): Promise<AnsweredRun> {
  const { http, limiter, clock, emit, webhook, cancelAfterMs, leaseMs, requestTimeoutMs, settleMs, retryDelayMs } = context;
  const { model, input, waiting, lease } = sending;
  const { signal, deadlineMs } = waiting;
  const pause = toPause(context, prepared, waiting);
  const { id: modelId, version } = model;
  const mark = await toMark(input);
  let run = prepared;
  let [unsent, absent] = [0, 0];
  for (;;) {
    const claim = await claimInTurn().catch(fail);
    run = claim.run;
    if (!claim.isOurs) return run.cancelRequested ? fail(new RunFailedError({ id: run.id, state: "aborted" }, null)) : { run };
    // Who stood still this long could lose the lease before the answer comes, or be sent outside of the window that was noted: it claims anew.
    const longestMs = Math.min(leaseMs - requestTimeoutMs - settleMs, maximumDateAgeMs);
    if (clock.now() - claim.grantedMs > longestMs) {
      const late = new NotCreatedError(run.id, "the time to wait was over before it could be sent");
      await pause(0).catch((reason) => fail(signal.aborted ? reason : late));
      continue;
    }
    const attempt = run.attempts.length;
    emit(run, { type: "attempt.sent", attempt });
    const { bearer } = claim;
    const outcome = await createPrediction(http, { modelId, version, input, cancelAfterSeconds: cancelAfterMs / 1000, webhook, bearer });
    if (outcome.kind === "accepted") {
      const { prediction } = outcome;
      context.recent.add(prediction, mark, clock.now(), http.latestDate?.dateMs);
      emit(run, { type: "attempt.accepted", attempt, predictionId: prediction.id });
      return noteAnswer(context, run.id, prediction);
    }
    if (outcome.kind === "unknown") {
      const resolved = await resolveUnknown(context, run, { ...outcome, pause, lease }).catch((error) =>
        cancelOnAbort(context, run.id, waiting, error),
      );
      if (!resolved.isAbsent) return resolved;
      run = resolved.run;
      absent += 1;
      if (absent === 2) await fail(new NotCreatedError(run.id));
      continue;
    }
    const { error } = outcome;
    if (ThrottledError.is(error)) emit(run, { type: "attempt.throttled", attempt, retryAfterMs: error.retryAfterMs });
    else if (outcome.kind === "refused" || !RestageError.is(error) || !error.retryable || ++unsent === maximumTries) await fail(error);
    await pause(unsent && retryDelayMs * 2 ** (unsent - 1)).catch((reason) => fail(signal.aborted ? reason : error));
  }

  async function claimInTurn() {
    await limiter.acquire("create", signal, deadlineMs - clock.now());
    // An age below nothing is that of a clock that was put back.
    const { ageMs = -1 } = http.latestDate ?? {};
    if (ageMs < 0 || ageMs > maximumDateAgeMs) await getAccount(http, signal, deadlineMs - clock.now());
    const bearer = await http.readToken(signal);
    signal.throwIfAborted();
    const grantedMs = clock.now();
    return { ...(await claimAttempt(context, lease, run, mark)), grantedMs, bearer };
  }

  // Whatever comes here, nothing was created. Where it cannot be written down, `resume` finds the same.
  async function fail(error: unknown): Promise<never> {
    await settleRun(context, run.id, toRefusal(error)).catch(() => undefined);
    throw error;
  }
}
