import { RunFailedError } from "../errors/run-failed-error.ts";
import { uploadFile } from "../replicate/files.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { toTexts } from "../replicate/redact.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import type { Prepared } from "./prepare.ts";
import type { ReadPhoto } from "./read-photo.ts";
import { claimAttempt, sendAttempt } from "./send-attempt.ts";
import { settleRun, toRefusal } from "./settle-run.ts";
import type { StageRequest } from "./stage-request.ts";
import { toNewRun } from "./to-new-run.ts";
import { updateRun } from "./update-run.ts";

/** A run that is on its way; `prediction` is what Replicate answered, absent when the run was joined. */
export interface StartedRun {
  readonly run: RunRecord;
  readonly prediction?: Prediction;
  /** Whether another call made the run. */
  readonly isJoined?: boolean;
  /** What was sent, to be kept out of errors; absent when the run was joined. */
  readonly sentTexts?: readonly string[];
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
  report: Report,
): Promise<StartedRun> {
  const { runStore, emit } = context;
  const { run, isNew } = await runStore.create(await toNewRun(prepared, request));
  if (!isNew) return { run, isJoined: true };
  emit(run, { type: "run.created" });
  const { model, photo, build } = prepared;
  let claimed: RunRecord;
  let input: Readonly<Record<string, unknown>>;
  try {
    report(run, "uploading");
    const imageUrl = photo?.bytes ? await placePhoto(context, run, photo, signal) : photo?.url;
    signal?.throwIfAborted();
    report(run, "creating");
    input = build(imageUrl).input;
    claimed = await claimAttempt(context, run.id, model, input);
  } catch (error) {
    // A run that somebody else claimed is theirs to end.
    if (!RunFailedError.is(error) || error.state === "aborted") await settleRun(context, run.id, toRefusal(error));
    throw error;
  }
  // Nothing that can fail comes between the claim and the one POST.
  return { ...(await sendAttempt(context, claimed, model, input)), sentTexts: toTexts(input) };
}

async function placePhoto(
  { http, runStore, emit }: ClientContext,
  run: RunRecord,
  { bytes, extension, record }: ReadPhoto,
  signal: AbortSignal | undefined,
): Promise<string> {
  const file = await uploadFile(http, new Blob([bytes], { type: record.contentType }), `photo.${extension}`, signal);
  await updateRun(runStore, run.id, () => ({ uploadedFileId: file.id }));
  emit(run, { type: "photo.uploaded", byteLength: bytes.length });
  return file.url;
}
