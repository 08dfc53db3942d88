import { RestageError } from "./restage-error.ts";

/** The time to wait is over; the run goes on at Replicate. `client.wait(runId)` takes it up again. */
export class WaitTimeoutError extends RestageError {
  static override readonly code = "wait_timeout";
  declare readonly runId: string;
  /** `null` where the prediction is not known yet. */
  declare readonly predictionId: string | null;

  constructor(runId: string, timeoutMs: number, predictionId: string | null = null) {
    super(`Run ${runId} goes on after ${timeoutMs} ms: client.wait(…) takes it up again, client.cancel(…) ends it`, {
      retryable: true,
      billed: "unknown",
      runId,
      predictionId,
    });
  }
}
