import type { ImageRecord, RunRecord } from "../runs/run.ts";
import type { Sink } from "../runs/sink.ts";
import { readBack } from "./read-back.ts";
import { StagedImage } from "./staged-image.ts";

/** The images of a run whose sink has all of them; `undefined` for any other run. */
export function keptImages({ images }: RunRecord, sink: Sink | undefined): readonly StagedImage[] | undefined {
  if (images.length === 0 || !images.every(isKept)) return undefined;
  return images.map((image) => new StagedImage(image, () => readBack(sink, image)));
}

function isKept(image: ImageRecord): image is ImageRecord & { readonly location: string } {
  return image.location !== null;
}
