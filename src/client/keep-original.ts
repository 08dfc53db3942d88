import type { PhotoRecord, RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { keepTrying } from "./keep-trying.ts";
import { putImage } from "./put-image.ts";
import type { ReadPhoto } from "./read-photo.ts";
import { readPieces } from "./read-pieces.ts";

/**
 * Puts the photo of a run into the sink, where there is one, before anything is paid: a sink that is broken then costs nothing. Gives how the
 * books keep it.
 * @throws {SinkError} after three tries.
 */
export async function keepOriginal(
  context: ClientContext,
  run: RunRecord,
  { bytes, extension, record }: ReadPhoto,
  signal: AbortSignal | undefined,
): Promise<PhotoRecord | undefined> {
  const { sink, requestTimeoutMs, emit } = context;
  if (sink === undefined) return undefined;
  const kind = "original";
  const { contentType, byteLength, sha256 } = record;
  const image = { runId: run.id, index: 0, kind, contentType, extension, byteLength, sha256 } as const;
  const put = () => putImage(sink, { image, read: readPieces(bytes), limitMs: requestTimeoutMs, signal });
  const { location } = await keepTrying(context, run, image, signal, put);
  emit(run, { type: "image.kept", kind, index: 0, location });
  return { ...record, location };
}
