import { RestageError } from "./restage-error.ts";

/** The idempotency key was used for another request. Nothing was sent. */
export class IdempotencyConflictError extends RestageError {
  static override readonly code = "idempotency_conflict";
  /** The run that the key belongs to. */
  declare readonly runId: string;

  constructor(runId: string) {
    super(
      {
        message: `The idempotency key belongs to run ${runId}, which was asked for by another request: use a new key for a new request`,
      },
      { runId },
    );
  }
}
