import { RunFailedError } from "../errors/run-failed-error.ts";
import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import { UnrecordedPredictionError } from "../errors/unrecorded-prediction-error.ts";
import type { AnyModel } from "../model/model.ts";
import { createPrediction } from "../replicate/create.ts";
import { isStopped, type Prediction } from "../replicate/prediction.ts";
import { cancelPrediction } from "../replicate/predictions.ts";
import type { Attempt, RunRecord } from "../runs/run.ts";
import type { RunPatch } from "../runs/run-store.ts";
import type { ClientContext } from "./client-context.ts";
import { settleRun, toAttempt, toFailure, toRefusal } from "./settle-run.ts";
import { toMark } from "./to-mark.ts";
import { toRunError, updateRun, withLastAttempt } from "./update-run.ts";

/** A run whose prediction Replicate accepted. */
export interface AcceptedRun {
  readonly run: RunRecord;
  readonly prediction: Prediction;
}

/**
 * Writes down that the run's next attempt will be sent: by one compare-and-set, so that nobody else sends it too.
 * @throws {RunFailedError} when the run was canceled, or is no longer waiting to be sent.
 */
export async function claimAttempt(
  { runStore, clock }: ClientContext,
  runId: string,
  model: AnyModel,
  input: Readonly<Record<string, unknown>>,
): Promise<RunRecord> {
  const mark = await toMark(input);
  let isOurs = false;
  const run = await updateRun(runStore, runId, ({ state, cancelRequested, attempts }) => {
    isOurs = state === "preparing" && !cancelRequested;
    if (!isOurs) return undefined;
    const attempt: Attempt = {
      ...toAttempt(),
      number: attempts.length + 1,
      modelId: model.id,
      mark,
      sentAt: new Date(clock.now()).toISOString(),
      error: null,
    };
    return { state: "creating", attempts: [...attempts, attempt] };
  });
  if (!isOurs) throw new RunFailedError({ id: run.id, state: run.state === "preparing" ? "aborted" : run.state }, null);
  return run;
}

/**
 * Sends the claimed attempt by one POST, and writes down what came of it. Never sends again.
 * @throws {UnknownOutcomeError} when no answer tells whether a prediction was created.
 * @throws {RestageError} the typed error when Replicate refused it or could not be reached: nothing was created, and the run is settled.
 */
export async function sendAttempt(
  context: ClientContext,
  run: RunRecord,
  model: AnyModel,
  input: Readonly<Record<string, unknown>>,
): Promise<AcceptedRun> {
  const { http, runStore, emit, webhook, cancelAfterMs } = context;
  const attempt = run.attempts.length;
  emit(run, { type: "attempt.sent", attempt });
  const outcome = await createPrediction(http, {
    modelId: model.id,
    version: model.version,
    input,
    cancelAfterSeconds: cancelAfterMs / 1000,
    webhook,
  });
  switch (outcome.kind) {
    case "accepted": {
      const { prediction } = outcome;
      emit(run, { type: "attempt.accepted", attempt, predictionId: prediction.id });
      const change = { predictionId: prediction.id, predictionStatus: prediction.status };
      const running = await note({ state: "running" }, change).catch((cause) => {
        throw new UnrecordedPredictionError(run.id, prediction.id, cause);
      });
      if (!running.cancelRequested) return { run: running, prediction };
      // A cancel that was asked for while the answer was out is kept. One that fails leaves a run like any other.
      const canceled = await cancelPrediction(http, prediction.id).catch(() => prediction);
      if (isStopped(canceled)) await settleRun(context, run.id, toFailure(running, canceled, model));
      return { run: running, prediction: canceled };
    }
    case "unknown": {
      const error = new UnknownOutcomeError(run.id, outcome.reason, outcome.cause);
      emit(run, { type: "attempt.unknown", attempt, reason: outcome.reason });
      // What became of the money matters more than a store that fails.
      await note({ state: "unknown", error: toRunError(error) }, { error: toRunError(error) }).catch(() => undefined);
      throw error;
    }
    default:
      await settleRun(context, run.id, toRefusal(outcome.error));
      throw outcome.error;
  }

  // Whatever else was written meanwhile, such as a cancel, stays.
  function note(patch: RunPatch, change: Partial<Attempt>): Promise<RunRecord> {
    return updateRun(runStore, run.id, (current) => ({ ...patch, attempts: withLastAttempt(current, change) }));
  }
}
