import { PredictionError } from "./prediction-error.ts";

/** The base of the errors about a prediction that failed by itself. A class tells what happened, and the way out, in its static fields. */
export abstract class FailureError extends PredictionError {
  protected static readonly what: string = "failed";
  protected static readonly wayOut: string = "";
  protected static readonly retryable: boolean = true;
  /** What Replicate reported, without the prompt. */
  declare readonly detail: string;

  constructor(runId: string, predictionId: string, detail: string) {
    const { what, wayOut, retryable } = new.target as typeof FailureError;
    super(runId, predictionId, `${what}: ${detail}${wayOut}`, { retryable, detail });
  }
}
