import { SinkError } from "../errors/sink-error.ts";
import { withTimeLimit } from "../replicate/with-time-limit.ts";
import type { ImageRecord } from "../runs/run.ts";
import type { Sink, SinkImage } from "../runs/sink.ts";
import { createPassage, type Passage } from "./create-passage.ts";

/** An image on its way to a sink, and where its bytes come from; `undefined` is behind the last ones. */
export interface Putting {
  readonly image: Omit<SinkImage, "body">;
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** How long the sink may take, in milliseconds. */
  readonly limitMs: number;
  readonly signal: AbortSignal | undefined;
}

/** An image that a sink keeps. */
export type KeptImage = Pick<ImageRecord, "contentType" | "byteLength" | "sha256"> & { readonly location: string };

/**
 * Passes an image on to a sink, and works out its length on the way, and its hash where it is not known.
 * @throws {SinkError} when the sink fails, does not read to the end, or does not answer in time.
 * @throws what `read` throws, whatever the sink makes of it.
 */
export async function putImage(sink: Sink, { image, read, limitMs, signal }: Putting): Promise<KeptImage> {
  let passage: Passage | undefined;
  try {
    const { location } = await withTimeLimit(limitMs, signal, async (limit) => {
      passage = createPassage(read, limit, image.sha256);
      return sink.put({ ...image, body: passage.body }, { signal: limit });
    });
    if (typeof location !== "string" || location === "") throw new SinkError("put gave no location", { retryable: false });
    const passed = await passage?.finish();
    if (passed === undefined) throw new SinkError("it did not read the image to its end");
    return { contentType: image.contentType, ...passed, location };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw passage?.failure ? passage.failure.error : toSinkError(error);
  }
}

/** The error of a sink, without its words: they could hold anything. */
export function toSinkError(error: unknown): SinkError {
  if (SinkError.is(error)) return error;
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  const reason = [code, name].find((text) => typeof text === "string" && /^\w{1,60}$/.test(text));
  return new SinkError(reason === undefined ? "it threw" : `it threw ${reason}`, { cause: error });
}
