import { ImagesExpiredError } from "../errors/images-expired-error.ts";
import { PredictionFailedError } from "../errors/prediction-failed-error.ts";
import { PredictionStoppedError } from "../errors/prediction-stopped-error.ts";
import { RestageError } from "../errors/restage-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import type { AnyModel } from "../model/model.ts";
import { type Cost, toCost } from "../model/price.ts";
import { deleteFile } from "../replicate/files.ts";
import { type Prediction, toOutputUrls } from "../replicate/prediction.ts";
import { redact, toTexts } from "../replicate/redact.ts";
import { type Attempt, finalStates, type RunRecord, type RunState } from "../runs/run.ts";
import type { RunPatch } from "../runs/run-store.ts";
import type { ClientContext } from "./client-context.ts";
import { ofRun } from "./client-event.ts";
import type { StagedImage } from "./staged-image.ts";
import { toRunError, updateRun, withLastAttempt } from "./update-run.ts";

/** How a run ends: its state, its error, its images, and what is known of its last attempt. */
export interface Ending {
  readonly state: RunState;
  readonly error: RestageError | null;
  readonly images?: readonly StagedImage[];
  readonly attempt?: Partial<Attempt>;
}

/** The end of a run whose images are home. */
export function toSuccess(prediction: Prediction, model: AnyModel, images: readonly StagedImage[]): Ending {
  return { state: "succeeded", error: null, images, attempt: toAttempt(prediction, model, images.length) };
}

/** The end of a run whose prediction gave no images: failed, canceled or aborted. */
export function toFailure(run: RunRecord, prediction: Prediction, model: AnyModel): Ending {
  const { id, status } = prediction;
  if (status === "canceled" || status === "aborted") {
    const outputs = status === "canceled" ? model.maximumOutputs({ ...run.config, ...run.extraInput }) : 0;
    return { state: status, error: new PredictionStoppedError(run.id, id, status), attempt: toAttempt(prediction, model, outputs) };
  }
  const reason = prediction.error ?? "Replicate gave no reason";
  const detail = redact(typeof reason === "string" ? reason : JSON.stringify(reason), toTexts(prediction.input));
  return { state: "failed", error: new PredictionFailedError(run.id, id, detail), attempt: toAttempt(prediction, model, 0) };
}

/** The end of a run that was paid and whose images Replicate has deleted. */
export function toExpiry(run: RunRecord, prediction: Prediction, model: AnyModel): Ending {
  const outputs = Math.max(toOutputUrls(prediction).length, 1);
  return { state: "expired", error: new ImagesExpiredError(run.id), attempt: toAttempt(prediction, model, outputs) };
}

/** The end of a run for which nothing was created: failed, or aborted where its caller gave it up. */
export function toRefusal(error: unknown): Ending {
  return RestageError.is(error) && !RunFailedError.is(error) ? { state: "failed", error } : { state: "aborted", error: null };
}

/**
 * Writes the end of a run, once: a run that has one keeps it. Then tells it, and deletes the uploaded photo, best effort.
 * Gives the run as it stands.
 */
export async function settleRun({ runStore, http, clock, emit }: ClientContext, runId: string, ending: Ending): Promise<RunRecord> {
  let isOurs = false;
  const run = await updateRun(runStore, runId, (current) => {
    isOurs = !finalStates.includes(current.state);
    return isOurs ? toPatch(current, ending, new Date(clock.now()).toISOString()) : undefined;
  });
  if (!isOurs) return run;
  emit({
    ...ofRun(run),
    type: "run.finished",
    state: run.state,
    costMicroUsd: run.cost?.microUsd ?? null,
    durationMs: Date.parse(run.finishedAt ?? run.updatedAt) - Date.parse(run.createdAt),
  });
  if (run.uploadedFileId !== null) await deleteFile(http, run.uploadedFileId);
  return run;
}

function toPatch(run: RunRecord, { state, error, images = [], attempt }: Ending, finishedAt: string): RunPatch {
  const runError = error && toRunError(error);
  const attempts = withLastAttempt(run, { ...attempt, error: runError });
  return { state, finishedAt, error: runError, attempts, images: images.map((image) => ({ ...image })), cost: sumCosts(attempts) };
}

function toAttempt(prediction: Prediction, { price }: AnyModel, outputs: number): Partial<Attempt> {
  return {
    predictionId: prediction.id,
    predictionStatus: prediction.status,
    startedAt: prediction.started_at ?? null,
    completedAt: prediction.completed_at ?? null,
    predictTimeSeconds: prediction.metrics?.predict_time ?? null,
    outputUrls: toOutputUrls(prediction),
    cost: toCost(price, outputs),
  };
}

// One unknown price makes the sum unknown; a run that never sent anything has cost nothing.
function sumCosts(attempts: readonly Attempt[]): Cost {
  const costs = attempts.flatMap(({ cost }) => cost ?? []);
  const sum = (key: "microUsd" | "outputs") => costs.reduce((total, cost) => total + (cost[key] ?? Number.NaN), 0);
  return {
    microUsd: Number.isNaN(sum("microUsd")) ? null : sum("microUsd"),
    basis: "table",
    priceVersion: costs.at(-1)?.priceVersion ?? null,
    outputs: sum("outputs"),
  };
}
