import { FailureError } from "./failure-error.ts";

/**
 * The model failed, for none of the reasons that have a class of their own (`ModerationError`, `CapacityError`, `OutOfMemoryError`).
 * Whether a failure is billed depends on the model.
 */
export class PredictionFailedError extends FailureError {
  static override readonly code = "prediction_failed";
}
