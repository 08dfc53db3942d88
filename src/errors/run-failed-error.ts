import { type Billed, RestageError } from "./restage-error.ts";

// The other states are somebody's at work, or a success.
const ended = ["failed", "canceled", "aborted", "expired"];

/**
 * The run ended without images, before this call or by somebody else, and stays so: stage again, under a new idempotency key. Or it
 * goes on in other hands: then `client.wait(runId)` follows it. `state` tells which.
 */
export class RunFailedError extends RestageError {
  static override readonly code = "run_failed";
  declare readonly runId: string;
  /** The run's last known prediction; `null` where there is none. */
  declare readonly predictionId: string | null;
  declare readonly state: string;
  /** The code of the error that the run ended with; `null` when it was given up, goes on, or kept none. */
  declare readonly reasonCode: string | null;

  constructor(
    run: { readonly id: string; readonly state: string; readonly attempts?: readonly { readonly predictionId: string | null }[] },
    reason: { readonly code: string; readonly message: string; readonly billed: Billed } | null,
  ) {
    const { id: runId, state, attempts } = run;
    const isGivenUp = state === "aborted";
    const message = reason?.message ?? (isGivenUp ? "given up before it was sent" : "no reason was kept");
    super(
      ended.includes(state)
        ? `Run ${runId} ended as ${state}: ${message}`
        : `Run ${runId} is ${state}, in other hands: client.wait(…) follows it`,
      {
        billed: reason?.billed ?? (isGivenUp ? "no" : "unknown"),
        runId,
        predictionId: attempts?.at(-1)?.predictionId ?? null,
        state,
        reasonCode: reason?.code ?? null,
      },
    );
  }
}
