import { ImageDownloadError } from "../errors/image-download-error.ts";
import { ImagesExpiredError } from "../errors/images-expired-error.ts";
import { downloadImage, gone } from "../replicate/outputs.ts";
import type { ClientContext } from "./client-context.ts";
import { sha256 } from "./sha256.ts";
import { StagedImage } from "./staged-image.ts";

const tries = 3;

/**
 * Brings the images of a finished prediction home, all at once.
 * @throws {ImagesExpiredError} when Replicate has deleted them.
 * @throws {ImageDownloadError} when one does not come whole after three tries.
 */
export async function collectImages(
  context: ClientContext,
  runId: string,
  outputUrls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly StagedImage[]> {
  if (outputUrls.length === 0) throw new ImagesExpiredError(runId);
  return Promise.all(outputUrls.map((url) => collectImage(context, runId, url, signal)));
}

async function collectImage(context: ClientContext, runId: string, url: string, signal: AbortSignal | undefined): Promise<StagedImage> {
  const { fetch, http, maximumImageBytes: maximumBytes, requestTimeoutMs: timeoutMs, clock } = context;
  for (let attempt = 1; ; attempt++) {
    try {
      const image = await downloadImage(url, { fetch, baseUrl: http.baseUrl, maximumBytes, timeoutMs, signal });
      if (image === gone) throw new ImagesExpiredError(runId);
      const { bytes, type } = image;
      const record = { contentType: type.contentType, byteLength: bytes.length, sha256: await sha256(bytes), location: null };
      return new StagedImage(record, bytes);
    } catch (error) {
      if (!(ImageDownloadError.is(error) && error.retryable) || attempt === tries) throw error;
      await clock.sleep(500 * attempt, signal);
    }
  }
}
