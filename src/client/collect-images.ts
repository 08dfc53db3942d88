import type { RunRecord } from "../runs/run.ts";
import { bringImageHome } from "./bring-image-home.ts";
import type { ClientContext } from "./client-context.ts";
import { keepTrying } from "./keep-trying.ts";
import type { OutputPlace } from "./output-place.ts";
import { passImageOn } from "./pass-image-on.ts";
import type { StagedImage } from "./staged-image.ts";

/**
 * Brings the images of a finished prediction home, all at once. When one fails, the others are still brought to their end.
 * @throws {ImageDownloadError} when one does not come whole after three tries.
 * @throws {SinkError} when the sink does not keep one after three tries.
 */
export async function collectImages(
  context: ClientContext,
  run: RunRecord,
  outputUrls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly StagedImage[]> {
  const collecting = outputUrls.map((url, index) => collectImage(context, run, { url, index }, signal));
  await Promise.allSettled(collecting);
  return Promise.all(collecting);
}

/** Into the sink as it comes, where there is one; whole, where it is looked at, or its label asks for it. */
async function collectImage(
  context: ClientContext,
  run: RunRecord,
  place: OutputPlace,
  signal: AbortSignal | undefined,
): Promise<StagedImage> {
  const { sink, perceptualHash } = context;
  const passed =
    sink && !perceptualHash
      ? await keepTrying(context, run, { kind: "staged", index: place.index }, signal, () => passImageOn(context, sink, run, place, signal))
      : undefined;
  return passed ?? bringImageHome(context, run, place, signal);
}
