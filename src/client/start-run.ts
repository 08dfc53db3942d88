import { uploadFile } from "../replicate/files.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { toTexts } from "../replicate/redact.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import { ofRun } from "./client-event.ts";
import type { Prepared } from "./prepare.ts";
import type { Photo } from "./read-photo.ts";
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
  emit({ ...ofRun(run), type: "run.created" });
  const { claimed, input } = await claim(context, run, prepared, signal, report).catch(async (error) => {
    await settleRun(context, run.id, toRefusal(error));
    throw error;
  });
  return { ...(await sendAttempt(context, claimed, prepared.model, input)), sentTexts: toTexts(input) };
}

// Nothing that can fail comes between this and the one POST.
async function claim(
  context: ClientContext,
  run: RunRecord,
  { model, photo, build }: Prepared,
  signal: AbortSignal | undefined,
  report: Report,
): Promise<{ claimed: RunRecord; input: Readonly<Record<string, unknown>> }> {
  report(run, "uploading");
  const imageUrl = photo?.kind === "bytes" ? await placePhoto(context, run, photo, signal) : photo?.url;
  signal?.throwIfAborted();
  report(run, "creating");
  const { input } = build(imageUrl);
  return { claimed: await claimAttempt(context, run.id, model, input), input };
}

async function placePhoto(
  { http, runStore, emit }: ClientContext,
  run: RunRecord,
  { bytes, type }: Extract<Photo, { kind: "bytes" }>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const file = await uploadFile(http, new Blob([bytes], { type: type.contentType }), `photo.${type.extension}`, signal);
  await updateRun(runStore, run.id, () => ({ uploadedFileId: file.id }));
  emit({ ...ofRun(run), type: "photo.uploaded", byteLength: bytes.length });
  return file.url;
}
