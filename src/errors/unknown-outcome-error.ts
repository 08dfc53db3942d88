import { RestageError } from "./restage-error.ts";
import { toConclusion } from "./to-conclusion.ts";

/**
 * A create was sent and nothing tells whether Replicate took it: a prediction may be running, and paid for. It is not sent again.
 * Look for it at replicate.com/predictions, then tell by `client.conclude(runId, { predictionId })`: its id, or `null` where there is none.
 */
export class UnknownOutcomeError extends RestageError {
  static override readonly code = "unknown_outcome";
  declare readonly runId: string;

  constructor(runId: string, reason: string, cause?: unknown) {
    const message = `It is unknown whether Replicate created the prediction of run ${runId} (${reason}). It is not sent again`;
    super(`${message}: ${toConclusion(runId)}`, { billed: "unknown", runId, cause });
  }
}
