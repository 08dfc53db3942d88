import { RestageError } from "./restage-error.ts";

/** A store took too long to answer. Told where an earlier reading could stand in for the answer. */
export class StoreTimeoutError extends RestageError {
  static override readonly code = "store_timeout";

  constructor(timeLimitMs: number) {
    super(`The settings store did not answer within ${timeLimitMs} ms: check its connection`, { retryable: true });
  }
}
