import { type Billed, RestageError } from "./restage-error.ts";

const givenUp = { code: null, message: "given up before it was sent", billed: "no" } as const;

/** The run ended earlier without images. Tells what it ended with. It stays so: stage again, under a new idempotency key. */
export class RunFailedError extends RestageError {
  static override readonly code = "run_failed";
  declare readonly runId: string;
  declare readonly state: string;
  /** The code of the error that the run ended with; `null` when its caller gave it up. */
  declare readonly reasonCode: string | null;

  constructor(
    { id: runId, state }: { readonly id: string; readonly state: string },
    reason: { readonly code: string; readonly message: string; readonly billed: Billed } | null,
  ) {
    const { code, message, billed } = reason ?? givenUp;
    super(`Run ${runId} ended as ${state}: ${message}`, { billed, runId, state, reasonCode: code });
  }
}
