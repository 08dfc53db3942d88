import { StoppedError } from "./stopped-error.ts";

/** The prediction was stopped by a cancel, not by its deadline (`DeadlineError`). `billed` follows from whether it ran. */
export class PredictionStoppedError extends StoppedError {
  static override readonly code = "prediction_stopped";
}
