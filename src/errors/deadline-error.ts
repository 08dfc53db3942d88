import { StoppedError } from "./stopped-error.ts";

/** Replicate ended the prediction at its deadline, the client's `cancelAfterMs`. `billed` follows from whether it ran. */
export class DeadlineError extends StoppedError {
  static override readonly code = "deadline";
  protected static override readonly reason = ", at its deadline (cancelAfterMs gives it longer)";
}
