import { PredictionError } from "./prediction-error.ts";

/**
 * The base of the errors about a prediction that was ended from outside: `canceled`, which is charged once it ran, or `aborted` before it
 * started, which is free on public models (Replicate's documentation of Cancel-After, 2026-11).
 */
export abstract class StoppedError extends PredictionError {
  /** Why, where it was not by a cancel. */
  protected static readonly reason: string = "";
  declare readonly status: "canceled" | "aborted";
  /** Whether it ran: then it is charged. */
  declare readonly hasStarted: boolean;

  constructor(runId: string, predictionId: string, status: "canceled" | "aborted", hasStarted: boolean) {
    const billed = hasStarted ? "yes" : status === "aborted" ? "no" : "unknown";
    const what = `was ${status} ${hasStarted ? "while" : "before"} it ran${(new.target as typeof StoppedError).reason}; billed: ${billed}`;
    super(runId, predictionId, what, { billed, status, hasStarted });
  }
}
