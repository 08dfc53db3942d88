import { RestageError } from "./restage-error.ts";

/** Replicate throttled the call (HTTP 429), or its limits hold it for longer than its caller waits; nothing was created. */
export class ThrottledError extends RestageError {
  static override readonly code = "throttled";
  /** How long Replicate asks to wait, in milliseconds; `null` where it did not say. */
  declare readonly retryAfterMs: number | null;
  /** Whether creates are throttled because the account's credit is below $5: 6 a minute (Replicate's HTTP API docs, 2026-11). */
  declare readonly hasLowCredit: boolean;

  constructor(retryAfterMs: number | null, hasLowCredit = false) {
    const wait = retryAfterMs === null ? "in a while" : `in ${Math.ceil(retryAfterMs / 1000)} s`;
    const credit = hasLowCredit ? ". Below $5 of credit, creates are held to 6 a minute: add some at replicate.com/account/billing" : "";
    super(`Replicate's limits hold the call, nothing was created: try again ${wait}${credit}`, {
      retryable: true,
      retryAfterMs,
      hasLowCredit,
    });
  }
}
