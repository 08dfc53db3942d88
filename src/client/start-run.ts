import { orAbort } from "../basics/or-abort.ts";
import type { AnyModel } from "../model/model.ts";
import { uploadFile } from "../replicate/files.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { toTexts } from "../replicate/redact.ts";
import { makesRoom } from "../runs/makes-room.ts";
import type { RunRecord } from "../runs/run.ts";
import { isLeftUnknown } from "../runs/run-changes.ts";
import { updateRun } from "../runs/update-run.ts";
import { awaitAnswer, unansweredStates } from "./await-answer.ts";
import type { ClientContext, Report } from "./client-context.ts";
import type { Lease } from "./create-leases.ts";
import { createOnce } from "./create-once.ts";
import { keepOriginal } from "./keep-original.ts";
import type { Prepared } from "./prepare.ts";
import type { ReadPhoto } from "./read-photo.ts";
import { settleRun, toRefusal } from "./settle-run.ts";
import type { StageRequest } from "./stage-request.ts";
import { toErrorOfSent } from "./to-error-of-sent.ts";
import { toNewRun } from "./to-new-run.ts";
import { toPause, type Waiting } from "./to-pause.ts";

/** A run that is on its way; `prediction` is what Replicate told of it, absent when the run was joined. */
export interface StartedRun {
  readonly run: RunRecord;
  readonly prediction?: Prediction;
  /** Whether another call made the run. */
  readonly isJoined?: boolean;
  /** What was sent, to be kept out of errors; absent when the run was joined. */
  readonly sentTexts?: readonly string[];
}

/**
 * Writes the run down, uploads the photo and creates the prediction. A request whose idempotency key is known joins that run instead; one
 * that was given up, and for which nothing was paid, makes room for a new one.
 * @throws {RestageError} when nothing was created; the run is settled.
 * @throws {UnknownOutcomeError} when it is unknown whether a prediction was created.
 * @throws {WaitTimeoutError} while that is being found out.
 */
export async function startRun(
  context: ClientContext,
  prepared: Prepared,
  request: StageRequest<AnyModel>,
  waiting: Waiting,
  report: Report,
): Promise<StartedRun> {
  const { runStore, leases, leaseMs, keepsPrompts } = context;
  for (;;) {
    const { run, isNew } = await runStore.create({ ...(await toNewRun(prepared, request, keepsPrompts)), leaseMs });
    if (isNew) return leases.hold(run, (lease) => sendRun(context, prepared, run, { waiting, report, lease }));
    if (!unansweredStates.includes(run.state) || isLeftUnknown(run)) return { run, isJoined: true };
    const answered = await awaitAnswer(context, run, toPause(context, run, waiting)).catch((error) => {
      throw toErrorOfSent(error, run.id);
    });
    if (!isGivenUp(answered)) return { ...answered, isJoined: true };
  }
}

// Without anything that this caller should know: neither Replicate nor whoever canceled it has refused what is asked for.
function isGivenUp({ run, isTakenOver }: Awaited<ReturnType<typeof awaitAnswer>>): boolean {
  const isRefused = run.cancelRequested || (run.state === "failed" && run.error?.code !== "not_created");
  return makesRoom(run) && (isTakenOver || !isRefused);
}

async function sendRun(
  context: ClientContext,
  prepared: Prepared,
  run: RunRecord,
  { waiting, report, lease }: { readonly waiting: Waiting; readonly report: Report; readonly lease: Lease },
): Promise<StartedRun> {
  const { model, photo, build } = prepared;
  const { signal } = waiting;
  const { spending } = context;
  context.emit(run, { type: "run.created" });
  const input = await place().catch(async (error) => {
    await settleRun(context, run.id, { ...toRefusal(error), from: "preparing" }).catch(() => undefined);
    throw error;
  });
  report(run, "creating");
  const answered = await createOnce(context, run, { model, input, waiting, lease });
  return { ...answered, sentTexts: toTexts(input) };

  async function place(): Promise<Readonly<Record<string, unknown>>> {
    const { id: runId, modelId, projectId, estimate } = run;
    // One that comes too late for a caller who left is given back by `resume`.
    if (spending) await orAbort(spending.reserve({ runId, modelId, projectId, microUsd: estimate.microUsd }), signal);
    report(run, "uploading");
    const imageUrl = photo?.bytes ? await placePhoto(context, run, photo, waiting) : photo?.url;
    signal.throwIfAborted();
    return build(imageUrl).input;
  }
}

async function placePhoto(context: ClientContext, run: RunRecord, photo: ReadPhoto, { signal, deadlineMs }: Waiting): Promise<string> {
  const { http, runStore, emit, clock } = context;
  const { bytes, extension, record } = photo;
  const kept = await keepOriginal(context, run, photo, signal);
  const file = await uploadFile(
    http,
    new Blob([bytes], { type: record.contentType }),
    `photo.${extension}`,
    signal,
    deadlineMs - clock.now(),
  );
  await updateRun(runStore, run.id, () => ({ uploadedFileId: file.id, ...(kept && { photo: kept }) }));
  emit(run, { type: "photo.uploaded", byteLength: bytes.length });
  return file.url;
}
