import { RestageError } from "./restage-error.ts";

/**
 * A create was sent and no answer tells whether Replicate took it: a prediction may be running, and paid for.
 * It was not sent again. Look for it at replicate.com/predictions before staging the same photo once more.
 */
export class UnknownOutcomeError extends RestageError {
  static override readonly code = "unknown_outcome";
  declare readonly runId: string;

  constructor(runId: string, reason: string, cause?: unknown) {
    super(
      `It is unknown whether Replicate created the prediction of run ${runId} (${reason}). It is not sent again: look at replicate.com/predictions first`,
      { billed: "unknown", runId, cause },
    );
  }
}
