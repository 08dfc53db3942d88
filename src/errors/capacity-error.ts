import { FailureError } from "./failure-error.ts";

/** The model is overloaded (E003, E004 or "temporarily unavailable": Replicate's documentation, 2026-11). */
export class CapacityError extends FailureError {
  static override readonly code = "capacity";
  protected static override readonly what = "found no capacity";
  protected static override readonly wayOut = ". Try again later, or another model";
}
