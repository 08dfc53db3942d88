import { RestageError } from "./restage-error.ts";

/** Replicate accepted the prediction, but the run store did not take it down: it runs, and nobody else knows of it. Do not stage again. */
export class UnrecordedPredictionError extends RestageError {
  static override readonly code = "unrecorded_prediction";
  declare readonly runId: string;
  declare readonly predictionId: string;

  constructor(runId: string, predictionId: string, cause: unknown) {
    const message = `Prediction ${predictionId} of run ${runId} was created, but the run store failed: find it at replicate.com/p/${predictionId}`;
    super(message, { billed: "unknown", runId, predictionId, cause });
  }
}
