import { type Billed, RestageError } from "./restage-error.ts";

/** The run ended earlier without images. Tells what it ended with. */
export class RunFailedError extends RestageError {
  static override readonly code = "run_failed";
  declare readonly runId: string;
  declare readonly state: string;
  /** The code of the error that the run ended with; `null` when its caller gave it up. */
  declare readonly reasonCode: string | null;

  constructor(
    run: { readonly id: string; readonly state: string },
    reason: { readonly code: string; readonly message: string; readonly retryable: boolean; readonly billed: Billed } | null,
  ) {
    super(
      {
        message: `Run ${run.id} ended as ${run.state}: ${reason?.message ?? "its caller gave it up before anything was sent"}`,
        retryable: reason?.retryable ?? true,
        billed: reason?.billed ?? "no",
      },
      { runId: run.id, state: run.state, reasonCode: reason?.code ?? null },
    );
  }
}
