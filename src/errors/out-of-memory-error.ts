import { FailureError } from "./failure-error.ts";

/** The model ran out of memory (E1001: Replicate's documentation, 2026-11). */
export class OutOfMemoryError extends FailureError {
  static override readonly code = "out_of_memory";
  protected static override readonly what = "ran out of memory";
  protected static override readonly wayOut = ". Try a smaller photo or another model";
}
