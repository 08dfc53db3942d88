import { RestageError } from "./restage-error.ts";

/** A finished, paid image could not be brought home. `client.wait(runId)` tries again, for one hour after the prediction ended. */
export class ImageDownloadError extends RestageError {
  static override readonly code = "image_download";

  constructor(reason: string, { retryable = true, cause }: { readonly retryable?: boolean; readonly cause?: unknown } = {}) {
    super(`A finished image could not be brought home: ${reason}`, { billed: "yes", retryable, cause });
  }
}
