import { type DisclosureOptions, toDisclosure } from "../disclosure/to-disclosure.ts";
import { ClientClosedError } from "../errors/client-closed-error.ts";
import { NotCreatedError } from "../errors/not-created-error.ts";
import { RestageError } from "../errors/restage-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import type { Cost } from "../model/price.ts";
import { deleteFile } from "../replicate/files.ts";
import { type Prediction, toOutputUrls } from "../replicate/prediction.ts";
import { type Attempt, finalStates, type RunRecord, type RunState } from "../runs/run.ts";
import { toRunError, withLastAttempt } from "../runs/run-changes.ts";
import type { RunPatch } from "../runs/run-store.ts";
import { sumCosts } from "../runs/sum-costs.ts";
import { updateRun } from "../runs/update-run.ts";
import type { ClientContext } from "./client-context.ts";
import type { StagedImage } from "./staged-image.ts";
import { tellGroup } from "./tell-group.ts";
import { tellSpent } from "./tell-spent.ts";

/** How a run ends: its state, its error, its images, and what is known of its last attempt. */
export interface Ending {
  readonly state: RunState;
  readonly error: RestageError | null;
  readonly images?: readonly StagedImage[];
  readonly attempt?: Partial<Attempt>;
  /** Only a run in this state is ended so. */
  readonly from?: RunState;
}

/** The end of a run for which nothing was created: failed, or aborted where its caller gave it up. */
export function toRefusal(error: unknown): Ending {
  const isGivenUp = !RestageError.is(error) || RunFailedError.is(error) || ClientClosedError.is(error);
  return !isGivenUp ? { state: "failed", error } : { state: "aborted", error: null };
}

/**
 * Writes the end of a run, once: a run that has one keeps it, and one whose prediction is another than the ending's goes on. Then tells it,
 * and deletes the uploaded photo, best effort. Gives the run as it stands.
 */
export async function settleRun(context: ClientContext, runId: string, ending: Ending): Promise<RunRecord> {
  const { run, isOurs } = await writeEnding(context, runId, ending);
  if (isOurs) await followEnding(context, run);
  return run;
}

/** As `settleRun`, but leaves the photo; tells whether it is this ending. `latest`: the run as it was read just now. */
export async function writeEnding(
  { runStore, clock, emit, disclosure }: ClientContext,
  runId: string,
  ending: Ending,
  latest?: RunRecord,
): Promise<{ readonly run: RunRecord; readonly isOurs: boolean }> {
  let isOurs = false;
  const toEnd = (current: RunRecord) => {
    const isFitting = ending.from === undefined || ending.from === current.state;
    const predictionId = current.attempts.at(-1)?.predictionId ?? null;
    isOurs = isFitting && !finalStates.includes(current.state) && predictionId === (ending.attempt?.predictionId ?? null);
    return isOurs ? toPatch(current, ending, new Date(clock.now()).toISOString(), disclosure) : undefined;
  };
  const run = await updateRun(runStore, runId, toEnd, latest);
  if (isOurs) {
    emit(run, {
      type: "run.finished",
      state: run.state,
      costMicroUsd: run.cost?.microUsd ?? null,
      durationMs: Date.parse(run.finishedAt ?? run.updatedAt) - Date.parse(run.createdAt),
    });
  }
  return { run, isOurs };
}

/**
 * What follows once a run is over, best effort: its photo at Replicate is deleted, what it cost is told to the budgets, and its group is
 * told to be complete where it was the last one. A crash may leave each undone; only the budgets are told later, by `resume`.
 */
export async function followEnding(context: ClientContext, run: RunRecord): Promise<void> {
  const { uploadedFileId } = run;
  await Promise.allSettled([
    uploadedFileId !== null && deleteFile(context.http, uploadedFileId),
    tellSpent(context, run),
    tellGroup(context, run),
  ]);
}

function toPatch(
  run: RunRecord,
  { state, error, images = [], attempt }: Ending,
  finishedAt: string,
  disclosure: DisclosureOptions | undefined,
): RunPatch {
  const runError = error && toRunError(error);
  // One that was given up after a refusal says that it was free.
  const isUncreated = run.attempts.length > 0 && !run.attempts.at(-1)?.predictionId;
  const attemptError = runError ?? (isUncreated ? toRunError(new NotCreatedError(run.id)) : null);
  const attempts = withLastAttempt(run, { ...attempt, error: attemptError });
  return {
    state,
    finishedAt,
    error: runError,
    attempts,
    images: images.map((image) => ({ ...image })),
    disclosure: disclosure && images.length > 0 ? toDisclosure(run, images, finishedAt, disclosure.statement) : null,
    cost: sumCosts(attempts),
    leaseMs: null,
  };
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
