import { floorShadow, rug } from "./drawing/floor.ts";
import { drawParts } from "./drawing/part.ts";
import { createRandom } from "./drawing/random.ts";
import { findRoom } from "./drawing/room-words.ts";
import { type View, visibleHalfWidth } from "./drawing/view.ts";
import { layouts } from "./furniture/layouts.ts";
import { type Ambience, choosePalette } from "./palette.ts";

/** What decides which furniture is drawn. */
export interface FurnitureRequest {
  readonly prompt: string;
  readonly seed: number;
  readonly index: number;
  /** The light of the photo that the furniture is drawn onto. */
  readonly ambience: Ambience;
  /** The width of the image in pixels, as the view was made for. */
  readonly width: number;
}

/** The SVG elements of furniture for the room and style that the prompt names, to stand in an `<svg>` of the view's size. */
export function furniture(view: View, { prompt, seed, index, ambience, width }: FurnitureRequest): string {
  const random = createRandom(seed, index);
  // The upholstery steps on with the index, so its own choices must not depend on it.
  const palette = choosePalette(prompt, createRandom(seed), index, ambience);
  const layout = layouts[findRoom(prompt)]({
    palette,
    random,
    halfWidth: visibleHalfWidth(view, 4.4, width),
    side: random.chance(0.5) ? 1 : -1,
  });
  const rugs = layout.rugs.map(({ footprint, look }) => rug(view, footprint, look));
  const shadows = layout.pieces.map(({ footprint, shadow }) => floorShadow(view, footprint, shadow));
  const pieces = layout.pieces.map(({ part }) => part);
  return [...rugs, ...shadows, drawParts(pieces, view)].join("");
}
