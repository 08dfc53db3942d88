import { RestageError } from "./restage-error.ts";

/**
 * The prediction was stopped: `canceled` while it ran, which is charged, or `aborted` before it started, which is free on public
 * models (Replicate's documentation of Cancel-After, 2026-11). Either by a cancel or because its deadline was reached.
 */
export class PredictionStoppedError extends RestageError {
  static override readonly code = "prediction_stopped";
  declare readonly runId: string;
  declare readonly predictionId: string;
  declare readonly status: "canceled" | "aborted";

  constructor(runId: string, predictionId: string, status: "canceled" | "aborted") {
    const [billed, meaning] =
      status === "canceled" ? ["yes" as const, "while it ran: charged"] : ["no" as const, "before it started: free"];
    super(`Prediction ${predictionId} of run ${runId} was ${status} ${meaning}`, { retryable: true, billed, runId, predictionId, status });
  }
}
