import { RestageError } from "./restage-error.ts";

/** The model failed. `detail` is what Replicate reported, without the prompt. Whether a failure is billed depends on the model. */
export class PredictionFailedError extends RestageError {
  static override readonly code = "prediction_failed";
  readonly runId: string;
  readonly predictionId: string;
  readonly detail: string;

  constructor(runId: string, predictionId: string, detail: string) {
    super({ message: `Prediction ${predictionId} of run ${runId} failed: ${detail}`, retryable: true, billed: "unknown" });
    this.runId = runId;
    this.predictionId = predictionId;
    this.detail = detail;
  }
}
