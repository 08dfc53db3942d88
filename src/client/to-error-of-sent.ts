import { RestageError } from "../errors/restage-error.ts";

/** An error that ended the work on a run which may have been sent: whoever repeats what "cost nothing" could pay once more. */
export function toErrorOfSent(error: unknown, runId: string, predictionId?: string | null): unknown {
  return RestageError.is(error) && error.runId === undefined ? error.ofSentRun(runId, predictionId ?? undefined) : error;
}
