import { RestageError } from "./restage-error.ts";

/**
 * The prediction was stopped, by a cancel or because its deadline was reached: `canceled`, which is charged once it ran, or `aborted`
 * before it started, which is free on public models (Replicate's documentation of Cancel-After, 2026-11).
 */
export class PredictionStoppedError extends RestageError {
  static override readonly code = "prediction_stopped";
  declare readonly runId: string;
  declare readonly predictionId: string;
  declare readonly status: "canceled" | "aborted";

  constructor(runId: string, predictionId: string, status: "canceled" | "aborted", hasStarted: boolean) {
    const billed = status === "aborted" ? "no" : hasStarted ? "yes" : "unknown";
    super(`Prediction ${predictionId} of run ${runId} was ${status} ${hasStarted ? "while" : "before"} it ran; billed: ${billed}`, {
      retryable: true,
      billed,
      runId,
      predictionId,
      status,
    });
  }
}
