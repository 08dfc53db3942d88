import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import type { AnyModel } from "../model/model.ts";
import { createPrediction } from "../replicate/create.ts";
import type { Prediction } from "../replicate/prediction.ts";
import type { Attempt, RunRecord } from "../runs/run.ts";
import type { RunPatch } from "../runs/run-store.ts";
import type { ClientContext } from "./client-context.ts";
import { ofRun } from "./client-event.ts";
import { toMark } from "./to-mark.ts";
import { toRunError, updateRun, withLastAttempt } from "./update-run.ts";

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
  await runStore.update(run.id, run.version, { state: "creating", attempts: [...run.attempts, attempt] });
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
      return { run: await note({ state: "running" }, change), prediction };
    }
    case "unknown": {
      const error = new UnknownOutcomeError(run.id, outcome.reason, outcome.cause);
      emit({ ...ofRun(run), type: "attempt.unknown", attempt: number, reason: outcome.reason });
      await note({ state: "unknown", error: toRunError(error) }, { error: toRunError(error) });
      throw error;
    }
    default:
      throw outcome.error;
  }

  // Whatever else was written meanwhile, such as a cancel, stays.
  function note(patch: RunPatch, change: Partial<Attempt>): Promise<RunRecord> {
    return updateRun(runStore, run.id, (current) => ({ ...patch, attempts: withLastAttempt(current, change) }));
  }
}
