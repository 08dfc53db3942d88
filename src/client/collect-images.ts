import { sha256 } from "../basics/sha256.ts";
import { readImageSize } from "../images/read-image-size.ts";
import { downloadImage, openImage } from "../replicate/outputs.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { keepTrying } from "./keep-trying.ts";
import { putImage } from "./put-image.ts";
import { readBack } from "./read-back.ts";
import { StagedImage } from "./staged-image.ts";

/**
 * Brings the images of a finished prediction home, all at once: into the sink as they come, or into memory. When one fails, the others are
 * still brought to their end.
 * @throws {ImageDownloadError} when one does not come whole after three tries.
 * @throws {SinkError} when the sink does not keep one after three tries.
 */
export async function collectImages(
  context: ClientContext,
  run: RunRecord,
  outputUrls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly StagedImage[]> {
  const collecting = outputUrls.map((url, index) =>
    keepTrying(context, run, { kind: "staged", index }, signal, () => collectImage(context, run, { url, index }, signal)),
  );
  await Promise.allSettled(collecting);
  return Promise.all(collecting);
}

async function collectImage(
  context: ClientContext,
  run: RunRecord,
  { url, index }: { readonly url: string; readonly index: number },
  signal: AbortSignal | undefined,
): Promise<StagedImage> {
  const { http, sink, requestTimeoutMs, emit } = context;
  const options = { ...context, baseUrl: http.baseUrl, readImageSize, signal };
  if (sink === undefined) {
    const { bytes, type } = await downloadImage(url, options);
    const record = { contentType: type.contentType, byteLength: bytes.length, sha256: await sha256(bytes), location: null };
    return new StagedImage(record, bytes);
  }
  const { type, byteLength, read, close } = await openImage(url, options);
  const kind = "staged";
  const image = { runId: run.id, index, kind, ...type, ...(byteLength !== undefined && { byteLength }) } as const;
  try {
    // The time of the download itself, and as much again for the sink.
    const kept = await putImage(sink, { image, read, limitMs: 2 * requestTimeoutMs, signal });
    emit(run, { type: "image.kept", kind, index, location: kept.location });
    return new StagedImage(kept, () => readBack(sink, kept));
  } finally {
    close();
  }
}
