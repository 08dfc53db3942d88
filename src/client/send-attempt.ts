import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import type { AnyModel } from "../model/model.ts";
import { createPrediction } from "../replicate/create.ts";
import type { Prediction } from "../replicate/prediction.ts";
import type { Attempt, RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { ofRun } from "./client-event.ts";
import { toMark } from "./to-mark.ts";
import { toRunError, withLastAttempt } from "./update-run.ts";

/** A run whose prediction Replicate accepted. */
export interface AcceptedRun {
  readonly run: RunRecord;
  readonly prediction: Prediction;
}

/**
 * Sends one attempt: writes down that it will be sent, then one POST, then what came of it. Never sends again.
 * @throws {UnknownOutcomeError} when no answer tells whether a prediction was created.
 * @throws {RestageError} the typed error when Replicate refused it or could not be reached: nothing was created.
 */
export async function sendAttempt(
  { http, runStore, clock, emit, webhook, cancelAfterMs }: ClientContext,
  run: RunRecord,
  model: AnyModel,
  input: Readonly<Record<string, unknown>>,
): Promise<AcceptedRun> {
  const number = run.attempts.length + 1;
  const attempt: Attempt = {
    number,
    modelId: model.id,
    mark: await toMark(input, model.published.promptKey),
    sentAt: new Date(clock.now()).toISOString(),
    predictionId: null,
    predictionStatus: null,
    startedAt: null,
    completedAt: null,
    predictTimeSeconds: null,
    outputUrls: [],
    cost: null,
    error: null,
  };
  const creating = await runStore.update(run.id, run.version, { state: "creating", attempts: [...run.attempts, attempt] });
  emit({ ...ofRun(run), type: "attempt.sent", attempt: number });
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
      emit({ ...ofRun(run), type: "attempt.accepted", attempt: number, predictionId: prediction.id });
      const change = { predictionId: prediction.id, predictionStatus: prediction.status };
      const running = await runStore.update(run.id, creating.version, { state: "running", attempts: withLastAttempt(creating, change) });
      return { run: running, prediction };
    }
    case "unknown": {
      const error = new UnknownOutcomeError(run.id, outcome.reason, outcome.cause);
      emit({ ...ofRun(run), type: "attempt.unknown", attempt: number, reason: outcome.reason });
      const attempts = withLastAttempt(creating, { error: toRunError(error) });
      await runStore.update(run.id, creating.version, { state: "unknown", attempts, error: toRunError(error) });
      throw error;
    }
    default: {
      const { error } = outcome;
      const attempts = withLastAttempt(creating, { error: toRunError(error) });
      await runStore.update(run.id, creating.version, { attempts });
      throw error;
    }
  }
}
