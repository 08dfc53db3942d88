import { ClientClosedError } from "../errors/client-closed-error.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import { checkCounts, checkWait } from "./create-context.ts";
import { inFinishOrder, type Source } from "./in-finish-order.ts";

/** How a batch is worked on. */
export interface BatchOptions {
  readonly concurrency?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of one request of a batch. `index` counts the requests from 0. */
export type BatchOutcome<Request, Run> = { readonly index: number; readonly request: Request } & (
  | { readonly run: Run; readonly error?: undefined }
  | { readonly run?: undefined; readonly error: unknown }
);

/**
 * Does the same with many requests, and gives what became of each in the order in which they end. One that fails does not end the others;
 * an abort, a source that throws and a closed client do, by an error behind the last outcome.
 * @throws {InvalidRequestError} for a concurrency that is no whole number from 1, and for requests that are no list.
 */
export function runBatch<Request, Run>(
  requests: Source<Request>,
  work: (request: Request, turn: { readonly index: number; readonly signal: AbortSignal }) => Promise<Run>,
  { concurrency = 8, timeoutMs = 0, signal }: BatchOptions,
): AsyncIterableIterator<BatchOutcome<Request, Run>> {
  checkWait({ timeoutMs });
  checkCounts({ concurrency });
  const isList = Object(requests) === requests && (Symbol.asyncIterator in requests || Symbol.iterator in requests);
  if (!isList) throw new InvalidRequestError([{ field: "requests", message: "must be an array, an iterable or an async iterable" }]);
  return inFinishOrder(
    requests,
    async (request, { index, signal, end }): Promise<BatchOutcome<Request, Run>> => {
      try {
        return { index, request, run: await work(request, { index, signal }) };
      } catch (error) {
        // It would refuse all the others too.
        if (ClientClosedError.is(error)) end(error);
        return { index, request, error };
      }
    },
    { concurrency, signal },
  );
}
