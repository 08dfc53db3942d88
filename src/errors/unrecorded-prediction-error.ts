import { PredictionError } from "./prediction-error.ts";

/** Replicate accepted the prediction, but the run store did not take it down: it runs, and `resume` looks for it. Do not stage again. */
export class UnrecordedPredictionError extends PredictionError {
  static override readonly code = "unrecorded_prediction";

  constructor(runId: string, predictionId: string, cause: unknown) {
    const what = `was created, but the run store failed: find it at replicate.com/p/${predictionId}`;
    super(runId, predictionId, what, { retryable: false, cause });
  }
}
