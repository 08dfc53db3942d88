import { readImageSize } from "../images/read-image-size.ts";
import { openImage } from "../replicate/outputs.ts";
import type { RunRecord } from "../runs/run.ts";
import type { Sink } from "../runs/sink.ts";
import { bringImageHome } from "./bring-image-home.ts";
import type { ClientContext } from "./client-context.ts";
import { keepTrying } from "./keep-trying.ts";
import type { OutputPlace } from "./output-place.ts";
import { putImage } from "./put-image.ts";
import { readBack } from "./read-back.ts";
import { StagedImage } from "./staged-image.ts";

/**
 * Brings the images of a finished prediction home, all at once: whole, where they are labelled or looked at; else into the sink as they
 * come. When one fails, the others are still brought to their end.
 * @throws {ImageDownloadError} when one does not come whole after three tries.
 * @throws {SinkError} when the sink does not keep one after three tries.
 */
export async function collectImages(
  context: ClientContext,
  run: RunRecord,
  outputUrls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly StagedImage[]> {
  const { sink, disclosure, perceptualHash } = context;
  const collecting = outputUrls.map((url, index) => {
    const place = { url, index };
    if (sink === undefined || disclosure?.label || perceptualHash) return bringImageHome(context, run, place, signal);
    return keepTrying(context, run, { kind: "staged", index }, signal, () => passImageOn(context, sink, run, place, signal));
  });
  await Promise.allSettled(collecting);
  return Promise.all(collecting);
}

async function passImageOn(
  context: ClientContext,
  sink: Sink,
  run: RunRecord,
  { url, index }: OutputPlace,
  signal: AbortSignal | undefined,
): Promise<StagedImage> {
  const { http, requestTimeoutMs, emit } = context;
  const { type, byteLength, read, close } = await openImage(url, { ...context, baseUrl: http.baseUrl, readImageSize, signal });
  const kind = "staged";
  const image = { runId: run.id, index, kind, ...type, ...(byteLength !== undefined && { byteLength }) } as const;
  try {
    // The time of the download itself, and as much again for the sink.
    const kept = await putImage(sink, { image, read, limitMs: 2 * requestTimeoutMs, signal });
    emit(run, { type: "image.kept", kind, index, location: kept.location });
    return new StagedImage({ ...kept, imageDataSha256: null, perceptualHash: null }, () => readBack(sink, kept));
  } finally {
    close();
  }
}
