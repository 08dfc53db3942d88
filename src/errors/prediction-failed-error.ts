import { RestageError } from "./restage-error.ts";

/** The model failed. `detail` is what Replicate reported, without the prompt. Whether a failure is billed depends on the model. */
export class PredictionFailedError extends RestageError {
  static override readonly code = "prediction_failed";
  declare readonly runId: string;
  declare readonly predictionId: string;
  declare readonly detail: string;

  constructor(runId: string, predictionId: string, detail: string) {
    super(`Prediction ${predictionId} of run ${runId} failed: ${detail}`, {
      retryable: true,
      billed: "unknown",
      runId,
      predictionId,
      detail,
    });
  }
}
