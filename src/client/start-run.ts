import { RestageError } from "../errors/restage-error.ts";
import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import { uploadFile } from "../replicate/files.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { cancelPrediction } from "../replicate/predictions.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext, Progress, WaitOptions } from "./client-context.ts";
import { ofRun } from "./client-event.ts";
import type { Prepared } from "./prepare.ts";
import { sendAttempt } from "./send-attempt.ts";
import { settleRun, toRefusal } from "./settle-run.ts";
import type { StageRequest } from "./stage-request.ts";
import { toNewRun } from "./to-new-run.ts";

/** A run that is on its way; `prediction` is what Replicate answered, absent when the run was joined. */
export interface StartedRun {
  readonly run: RunRecord;
  readonly prediction?: Prediction;
}

/**
 * Writes the run down, uploads the photo and sends the one create. A request whose idempotency key is known joins that run instead.
 * @throws {RestageError} when nothing was created; the run is settled as failed.
 * @throws {UnknownOutcomeError} when it is unknown whether a prediction was created.
 */
export async function startRun(
  context: ClientContext,
  prepared: Prepared,
  request: StageRequest,
  { signal }: WaitOptions,
  report: (run: RunRecord, phase: Progress["phase"]) => void,
): Promise<StartedRun> {
  const { runStore, emit, http } = context;
  const { run, isNew } = await runStore.create(await toNewRun(prepared, request));
  if (!isNew) return { run };
  emit({ ...ofRun(run), type: "run.created" });
  try {
    report(run, "uploading");
    const { run: placed, imageUrl } = await placePhoto(context, run, prepared, signal);
    signal?.throwIfAborted();
    report(placed, "creating");
    const accepted = await sendAttempt(context, placed, prepared.model, prepared.build(imageUrl).input);
    if (!accepted.run.cancelRequested) return accepted;
    return { run: accepted.run, prediction: await cancelPrediction(http, accepted.prediction.id) };
  } catch (error) {
    if (UnknownOutcomeError.is(error)) throw error;
    await settleRun(context, run.id, toRefusal(RestageError.is(error) ? error : null));
    throw error;
  }
}

async function placePhoto(
  { http, runStore, emit }: ClientContext,
  run: RunRecord,
  { photo }: Prepared,
  signal: AbortSignal | undefined,
): Promise<{ run: RunRecord; imageUrl: string | undefined }> {
  if (photo === null) return { run, imageUrl: undefined };
  if (photo.kind === "url") return { run, imageUrl: photo.url };
  const { bytes, type } = photo;
  const file = await uploadFile(http, new Blob([bytes], { type: type.contentType }), `photo.${type.extension}`, signal);
  emit({ ...ofRun(run), type: "photo.uploaded", byteLength: bytes.length });
  return { run: await runStore.update(run.id, run.version, { uploadedFileId: file.id }), imageUrl: file.url };
}
