import { RestageError } from "./restage-error.ts";

/** The run has no prediction to wait for or to cancel. */
export class RunNotWaitableError extends RestageError {
  static override readonly code = "run_not_waitable";
  declare readonly runId: string;
  declare readonly state: string;

  constructor(runId: string, state: string) {
    super(`Run ${runId} is ${state}: it has no prediction to wait for or to cancel`, {
      billed: state === "unknown" ? "unknown" : "no",
      runId,
      state,
    });
  }
}
