import { RestageError } from "./restage-error.ts";

/** The idempotency key was used for another request. Nothing was sent. */
export class IdempotencyConflictError extends RestageError {
  static override readonly code = "idempotency_conflict";
  /** The run that the key belongs to. */
  declare readonly runId: string;

  constructor(runId: string) {
    super(`The idempotency key belongs to another request, run ${runId}: use a new key`, { runId });
  }
}
