import type { AnyModel } from "../model/model.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { RunRecord } from "../runs/run.ts";
import type { Progress, WaitOptions } from "./client-context.ts";
import type { Source } from "./in-finish-order.ts";
import { type BatchOutcome, runBatch } from "./run-batch.ts";
import type { StageRequest } from "./stage-request.ts";
import type { StagedRun } from "./staged-run.ts";

/** How a batch is staged: `timeoutMs` is for each staging, `cancelOnAbort` also counts when the loop over the batch is left. */
export interface StageManyOptions extends Omit<WaitOptions, "onProgress"> {
  /** How many requests are held at once, under way or over and not consumed yet: a whole number from 1. Default 8. */
  readonly concurrency?: number | undefined;
  /** Told at every step and look of each staging, with the index of its request. One that throws changes nothing. */
  readonly onProgress?: ((progress: Progress, index: number) => unknown) | undefined;
}

/** How a batch is sent: `timeoutMs` is for each of its creates. */
export type StartManyOptions = Pick<StageManyOptions, "concurrency" | "signal" | "timeoutMs">;

/** What became of one request of a batch: its run, or the error that `stage` throws. `index` counts the requests from 0. */
export type StageOutcome<Known extends AnyModel = BuiltInModel> = BatchOutcome<StageRequest<Known>, StagedRun>;

/** What became of one request of a batch: its run, which was sent, or the error that `start` throws. `index` counts the requests from 0. */
export type StartOutcome<Known extends AnyModel = BuiltInModel> = BatchOutcome<StageRequest<Known>, RunRecord>;

/** Stages many requests, and gives what became of each in the order in which they end. Throws as `runBatch` does. */
export function stageMany<Known extends AnyModel>(
  stage: (request: StageRequest<Known>, options: WaitOptions) => Promise<StagedRun>,
  requests: Source<StageRequest<Known>>,
  { onProgress, ...options }: StageManyOptions = {},
): AsyncIterableIterator<StageOutcome<Known>> {
  const work = (request: StageRequest<Known>, { index, signal }: { readonly index: number; readonly signal: AbortSignal }) => {
    const tell = onProgress && ((progress: Progress) => onProgress(progress, index));
    return stage(request, { ...options, signal, onProgress: tell });
  };
  return runBatch(requests, work, options);
}
