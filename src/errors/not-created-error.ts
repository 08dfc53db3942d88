import { RestageError } from "./restage-error.ts";

/** A create got no answer, and Replicate created nothing: two complete listings show no prediction of the run. */
export class NotCreatedError extends RestageError {
  static override readonly code = "not_created";
  declare readonly runId: string;

  constructor(runId: string) {
    const wayOut = "Stage again: the idempotency key is free";
    super(`Replicate created nothing for run ${runId}: two complete listings show no prediction of it. ${wayOut}`, {
      retryable: true,
      runId,
    });
  }
}
