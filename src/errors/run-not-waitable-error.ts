import { RestageError } from "./restage-error.ts";
import { toConclusion } from "./to-conclusion.ts";

/** The run has no known prediction to wait for or to cancel. One that is `unknown` waits for a person: `client.conclude(…)`. */
export class RunNotWaitableError extends RestageError {
  static override readonly code = "run_not_waitable";
  declare readonly runId: string;
  declare readonly state: string;

  constructor(runId: string, state: string) {
    const isUnknown = state === "unknown";
    super(`Run ${runId} is ${state}, without a known prediction${isUnknown ? `: ${toConclusion(runId)}` : ""}`, {
      billed: state === "preparing" ? "no" : "unknown",
      runId,
      state,
    });
  }
}
