import { RestageError } from "./restage-error.ts";

/** Replicate could not be reached, or did not answer in time. A create that ends so is an `UnknownOutcomeError` unless nothing was sent. */
export class ConnectionError extends RestageError {
  static override readonly code = "connection";

  constructor(message: string, cause?: unknown) {
    super(message, { retryable: true, cause });
  }
}
