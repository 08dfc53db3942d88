import { sha256 } from "../basics/sha256.ts";
import { SinkError } from "../errors/sink-error.ts";
import type { Sink } from "../runs/sink.ts";
import { type KeptImage, toSinkError } from "./put-image.ts";

/**
 * The bytes of an image that a sink keeps.
 * @throws {SinkError} when the sink cannot give it back, fails, or gives back something else.
 */
export async function readBack(sink: Sink | undefined, image: KeptImage): Promise<Uint8Array<ArrayBuffer>> {
  const billed = "yes";
  if (sink?.get === undefined) {
    throw new SinkError("it has no get; read the image from its location", { retryable: false, billed });
  }
  try {
    const bytes = new Uint8Array(await new Response(await sink.get(image.location)).arrayBuffer());
    if ((await sha256(bytes)) === image.sha256) return bytes;
  } catch (error) {
    throw Object.assign(toSinkError(error), { billed });
  }
  throw new SinkError("what it gives back is not the image that it was given", { retryable: false, billed });
}
