import { RestageError } from "./restage-error.ts";

/** The receiver of a budget's alerts did not take one. It is delivered again. */
export class AlertUndeliveredError extends RestageError {
  static override readonly code = "alert_undelivered";
  /** What the receiver answered; `null` where nothing came. */
  declare readonly status: number | null;

  // The address is not told: it may hold a token.
  constructor(status: number | null, cause?: unknown) {
    const answer = status === null ? "did not answer in time, or could not be reached" : `answered ${status} instead of 2xx`;
    super(`The receiver of the alerts ${answer}: look at onAlert, and at its address`, { retryable: true, status, cause });
  }
}
