import { toProvenance } from "../disclosure/label-image.ts";
import { ImageDownloadError } from "../errors/image-download-error.ts";
import { createProvenanceWriter } from "../images/create-provenance-writer.ts";
import { findImageFormat } from "../images/find-image-format.ts";
import { readImageSize } from "../images/read-image-size.ts";
import { openImage } from "../replicate/outputs.ts";
import type { RunRecord } from "../runs/run.ts";
import type { Sink } from "../runs/sink.ts";
import type { ClientContext } from "./client-context.ts";
import { labelPassing } from "./label-passing.ts";
import type { OutputPlace } from "./output-place.ts";
import { putImage } from "./put-image.ts";
import { readBack } from "./read-back.ts";
import { StagedImage } from "./staged-image.ts";

/**
 * Passes an image on into the sink as it comes, labelled on its way where the client labels. `undefined`, and an event, where its label can be
 * written only to the whole image; what the sink has got of it then does not count.
 * @throws {ImageDownloadError} {SinkError} of this one try.
 */
export async function passImageOn(
  context: ClientContext,
  sink: Sink,
  run: RunRecord,
  { url, index }: OutputPlace,
  signal: AbortSignal | undefined,
): Promise<StagedImage | undefined> {
  const { http, requestTimeoutMs, emit, disclosure } = context;
  const needsWhole = new ImageDownloadError("its label can be written only to all of it", { retryable: false });
  const kind = "staged";
  const opened = await openImage(url, { ...context, baseUrl: http.baseUrl, readImageSize, signal });
  try {
    const format = disclosure?.label ? findImageFormat(opened.type) : undefined;
    const writer = format && createProvenanceWriter(format, toProvenance(run, disclosure?.statement));
    const { byteLength, read } = writer ? await labelPassing(opened, writer, needsWhole) : opened;
    const image = { runId: run.id, index, kind, ...opened.type, ...(byteLength !== undefined && { byteLength }) } as const;
    // The time of the download itself, and as much again for the sink.
    const kept = await putImage(sink, { image, read, limitMs: 2 * requestTimeoutMs, signal });
    emit(run, { type: "image.kept", kind, index, location: kept.location });
    const imageDataSha256 = writer ? await writer.hashImageData() : disclosure?.label ? kept.sha256 : null;
    return new StagedImage({ ...kept, imageDataSha256, perceptualHash: null }, () => readBack(sink, kept));
  } catch (error) {
    if (error !== needsWhole) throw error;
    const { code, message: reason } = needsWhole;
    emit(run, { type: "image.failed", kind, index, code, reason, tries: 1, willRetry: true });
    return undefined;
  } finally {
    opened.close();
  }
}
