import { FailureError } from "./failure-error.ts";

/** Photo, wording or result did not pass the model's moderation (E005 or "flagged as sensitive": Replicate's documentation, 2026-11). */
export class ModerationError extends FailureError {
  static override readonly code = "moderation";
  protected static override readonly what = "was moderated";
  protected static override readonly wayOut = ". Try another photo, wording or safety tolerance";
  protected static override readonly retryable = false;
}
