import { sha256 } from "../basics/sha256.ts";
import { labelImage } from "../disclosure/label-image.ts";
import { toCode } from "../errors/to-code.ts";
import { hashImageData } from "../images/hash-image-data.ts";
import { readImageSize } from "../images/read-image-size.ts";
import { downloadImage } from "../replicate/outputs.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { keepTrying } from "./keep-trying.ts";
import type { OutputPlace } from "./output-place.ts";
import { putImage } from "./put-image.ts";
import { readBack } from "./read-back.ts";
import { readPieces } from "./read-pieces.ts";
import { StagedImage } from "./staged-image.ts";

/**
 * Downloads one image whole, labels it where the client does, works out its hashes, and puts it into the sink, where there is one.
 * @throws {ImageDownloadError} {SinkError} after three tries each.
 */
export async function bringImageHome(
  context: ClientContext,
  run: RunRecord,
  { url, index }: OutputPlace,
  signal: AbortSignal | undefined,
): Promise<StagedImage> {
  const { http, sink, requestTimeoutMs, emit, disclosure } = context;
  const kind = "staged";
  const keep = <Value>(work: () => Promise<Value>) => keepTrying(context, run, { kind, index }, signal, work);
  const downloaded = await keep(() => downloadImage(url, { ...context, baseUrl: http.baseUrl, readImageSize, signal }));
  const bytes = disclosure?.label ? labelImage(downloaded.bytes, run, disclosure.statement) : downloaded.bytes;
  const { contentType } = downloaded.type;
  const [ofFile, ofImageData, ofLooks] = await Promise.all([sha256(bytes), hashImageData(bytes), toLooks(context, run, index, bytes)]);
  const record = { contentType, byteLength: bytes.length, sha256: ofFile, imageDataSha256: ofImageData, perceptualHash: ofLooks };
  if (sink === undefined) return new StagedImage({ ...record, location: null }, bytes);
  const image = { runId: run.id, index, kind, ...downloaded.type, byteLength: bytes.length, sha256: ofFile } as const;
  const { location } = await keep(() => putImage(sink, { image, read: readPieces(bytes), limitMs: requestTimeoutMs, signal }));
  emit(run, { type: "image.kept", kind, index, location });
  const kept = { ...record, location };
  return new StagedImage(kept, () => readBack(sink, kept));
}

// A picture that cannot be looked at is brought home all the same: it is paid.
async function toLooks({ perceptualHash, emit }: ClientContext, run: RunRecord, index: number, bytes: Uint8Array): Promise<string | null> {
  try {
    return (await perceptualHash?.(bytes)) ?? null;
  } catch (error) {
    emit(run, { type: "image.unhashed", index, code: toCode(error) });
    return null;
  }
}
