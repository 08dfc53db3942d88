import { RestageError } from "./restage-error.ts";

/** Replicate throttled the call (HTTP 429); nothing was created. */
export class ThrottledError extends RestageError {
  static override readonly code = "throttled";
  /** How long Replicate asks to wait, in milliseconds; `null` where it did not say. */
  declare readonly retryAfterMs: number | null;

  constructor(retryAfterMs: number | null) {
    const wait = retryAfterMs === null ? "in a while" : `in ${Math.ceil(retryAfterMs / 1000)} s`;
    super(`Replicate throttled the call, nothing was created: try again ${wait}`, { retryable: true, retryAfterMs });
  }
}
