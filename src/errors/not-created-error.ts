import { RestageError } from "./restage-error.ts";

/** A create got no answer, and Replicate created nothing: two complete listings, or a person, tell so. */
export class NotCreatedError extends RestageError {
  static override readonly code = "not_created";
  declare readonly runId: string;

  /** `reason` is how that is known. */
  constructor(runId: string, reason = "two complete listings show no prediction of it") {
    const wayOut = "Stage again: the idempotency key is free";
    super(`Replicate created nothing for run ${runId}: ${reason}. ${wayOut}`, {
      retryable: true,
      runId,
    });
  }
}
