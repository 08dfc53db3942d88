import { type Billed, RestageError } from "./restage-error.ts";

/**
 * A sink did not keep an image, or does not give it back. A finished image is not lost: its run stays `running`, and `client.wait(runId)` puts
 * it once more, for one hour after the prediction ended.
 */
export class SinkError extends RestageError {
  static override readonly code = "sink";

  constructor(
    reason: string,
    {
      retryable = true,
      billed = "no",
      cause,
    }: { readonly retryable?: boolean; readonly billed?: Billed | undefined; readonly cause?: unknown } = {},
  ) {
    super(`The sink failed: ${reason}`, { retryable, billed, cause });
  }
}
