import { ImageDownloadError } from "../errors/image-download-error.ts";
import { downloadImage } from "../replicate/outputs.ts";
import type { ClientContext } from "./client-context.ts";
import { sha256 } from "./sha256.ts";
import { StagedImage } from "./staged-image.ts";

/**
 * Brings the images of a finished prediction home, all at once.
 * @throws {ImageDownloadError} when one does not come whole after three tries.
 */
export async function collectImages(
  context: ClientContext,
  outputUrls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly StagedImage[]> {
  return Promise.all(outputUrls.map((url) => collectImage(context, url, signal)));
}

async function collectImage(context: ClientContext, url: string, signal: AbortSignal | undefined): Promise<StagedImage> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { bytes, type } = await downloadImage(url, { ...context, baseUrl: context.http.baseUrl, signal });
      const record = { contentType: type.contentType, byteLength: bytes.length, sha256: await sha256(bytes), location: null };
      return new StagedImage(record, bytes);
    } catch (error) {
      if (!(ImageDownloadError.is(error) && error.retryable) || attempt === 3) throw error;
      await context.clock.sleep(500 * attempt, signal);
    }
  }
}
