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
import type { StagedImage } from "./staged-image.ts";
import { toRunError, updateRun, withLastAttempt } from "./update-run.ts";

/** How a run ends: its state, its error, its images, and what is known of its last attempt. */
export interface Ending {
  readonly state: RunState;
  readonly error: RestageError | null;
  readonly images?: readonly StagedImage[];
  readonly attempt?: Partial<Attempt>;
}

/**
 * The end of a run whose prediction gave no images. Whether a failure is charged, and a cancel before the start, is not established: their
 * cost is unknown until it is reconciled. `sentTexts` are kept out of the error.
 */
export function toFailure(
  run: RunRecord,
  prediction: Prediction,
  model: AnyModel,
  sentTexts: readonly string[] = [],
): Ending & { error: RestageError } {
  const { id, status, started_at } = prediction;
  if (status !== "canceled" && status !== "aborted") {
    const error = new PredictionFailedError(run.id, id, toDetail(prediction, sentTexts));
    return { state: "failed", error, attempt: toAttempt(prediction, toCost(undefined, 0)) };
  }
  const hasStarted = Boolean(started_at);
  const outputs = hasStarted ? model.maximumOutputs({ ...run.config, ...run.extraInput }) : 0;
  const cost = toCost(status === "canceled" && !hasStarted ? undefined : model.price, outputs);
  return { state: status, error: new PredictionStoppedError(run.id, id, status, hasStarted), attempt: toAttempt(prediction, cost) };
}

// Where it is not known what was sent, a reason could quote it: only Replicate's own codes and words are kept.
function toDetail({ error, output, input }: Prediction, sentTexts: readonly string[]): string {
  const reason = typeof error === "string" ? error : error ? JSON.stringify(error) : output === undefined ? "no reason given" : "no image";
  const texts = [...sentTexts, ...toTexts(input)];
  if (texts.length > 0) return redact(reason, texts);
  return (
    reason.match(/\bE\d{3,4}\b|no (reason given|image)|flagged as sensitive|temporarily unavailable/g)?.join(", ") ??
    "see its page at Replicate"
  );
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
  emit(run, {
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

/** What a prediction says of its attempt; with none, what an attempt starts from. */
export function toAttempt(prediction?: Prediction, cost: Cost | null = null) {
  return {
    predictionId: prediction?.id ?? null,
    predictionStatus: prediction?.status ?? null,
    startedAt: prediction?.started_at ?? null,
    completedAt: prediction?.completed_at ?? null,
    predictTimeSeconds: prediction?.metrics?.predict_time ?? null,
    outputUrls: prediction ? toOutputUrls(prediction) : [],
    cost,
  } satisfies Partial<Attempt>;
}

/** What all attempts cost: one unknown makes the sum unknown; a run that never sent anything has cost nothing. */
export function sumCosts(attempts: readonly Attempt[]): Cost {
  const none: Cost = { microUsd: 0, basis: "table", priceVersion: null, outputs: 0 };
  const add = (sum: Cost, cost: Cost): Cost => ({
    ...cost,
    microUsd: sum.microUsd === null || cost.microUsd === null ? null : sum.microUsd + cost.microUsd,
    outputs: sum.outputs + cost.outputs,
  });
  return attempts.flatMap(({ cost }) => cost ?? []).reduce(add, none);
}
