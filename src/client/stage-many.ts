import { ClientClosedError } from "../errors/client-closed-error.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { BuiltInModel } from "../models/index.ts";
import type { Progress, WaitOptions } from "./client-context.ts";
import { checkCounts, checkWait } from "./create-context.ts";
import { inFinishOrder, type Source } from "./in-finish-order.ts";
import type { StageRequest } from "./stage-request.ts";
import type { StagedRun } from "./staged-run.ts";

/** How a batch is staged: `timeoutMs` is for each staging, `cancelOnAbort` also counts when the loop over the batch is left. */
export interface StageManyOptions extends Omit<WaitOptions, "onProgress"> {
  /** How many requests are held at once, under way or over and not consumed yet: a whole number from 1. Default 8. */
  readonly concurrency?: number | undefined;
  /** Told at every step and look of each staging, with the index of its request. One that throws changes nothing. */
  readonly onProgress?: ((progress: Progress, index: number) => unknown) | undefined;
}

/** What became of one request of a batch: its run, or the error that `stage` throws. `index` counts the requests from 0. */
export type StageOutcome<Known extends AnyModel = BuiltInModel> = {
  readonly index: number;
  readonly request: StageRequest<Known>;
} & ({ readonly run: StagedRun; readonly error?: undefined } | { readonly run?: undefined; readonly error: unknown });

/**
 * Stages many requests, and gives what became of each in the order in which they end. One that fails does not end the others; an abort,
 * a source that throws and a closed client do, by an error behind the last outcome.
 * @throws {InvalidRequestError} for a concurrency that is no whole number from 1, and for requests that are no list.
 */
export function stageMany<Known extends AnyModel>(
  stage: (request: StageRequest<Known>, options: WaitOptions) => Promise<StagedRun>,
  requests: Source<StageRequest<Known>>,
  { concurrency = 8, signal, onProgress, ...options }: StageManyOptions = {},
): AsyncIterableIterator<StageOutcome<Known>> {
  checkWait({ timeoutMs: options.timeoutMs ?? 0 });
  checkCounts({ concurrency });
  const isList = Object(requests) === requests && (Symbol.asyncIterator in requests || Symbol.iterator in requests);
  if (!isList) throw new InvalidRequestError([{ field: "requests", message: "must be an array, an iterable or an async iterable" }]);
  return inFinishOrder(
    requests,
    async (request, { index, signal, end }): Promise<StageOutcome<Known>> => {
      const tell = onProgress && ((progress: Progress) => onProgress(progress, index));
      try {
        return { index, request, run: await stage(request, { ...options, signal, onProgress: tell }) };
      } catch (error) {
        // It would refuse all the others too.
        if (ClientClosedError.is(error)) end(error);
        return { index, request, error };
      }
    },
    { concurrency, signal },
  );
}
