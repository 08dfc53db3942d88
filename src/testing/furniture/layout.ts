import type { Footprint, RugLook } from "../drawing/floor.ts";
import { type Part, placed } from "../drawing/part.ts";
import type { Random } from "../drawing/random.ts";
import type { Placement } from "../drawing/view.ts";
import type { Palette } from "../palette.ts";
import { plant } from "./plant.ts";

/** What a room is furnished with: rugs first, then what stands on the floor. */
export interface Layout {
  readonly rugs: readonly { footprint: Footprint; look: RugLook }[];
  readonly pieces: readonly Piece[];
}

/** One piece of furniture and its shadow on the floor. */
export interface Piece {
  readonly part: Part;
  readonly footprint: Footprint;
  /** How dark its shadow is, 0 to 1: less under what stands on legs. */
  readonly shadow: number;
}

/** What a layout is chosen by. */
export interface LayoutChoice {
  readonly palette: Palette;
  readonly random: Random;
  /** How far to either side things are seen 4.4 metres away. */
  readonly halfWidth: number;
  /** Which way round the room is furnished. */
  readonly side: -1 | 1;
}

type Shadow = readonly [width: number, depth: number, strength: number, round?: boolean];

/** A piece of furniture standing somewhere, with the shadow of its footprint. */
export function piece(parts: readonly Part[], placement: Placement, [width, depth, shadow, round = false]: Shadow): Piece {
  return { part: placed(parts, placement), footprint: { ...placement, width, depth, round }, shadow };
}

/** A rug in the palette, its pattern by chance. */
export function rugLook({ palette, random }: LayoutChoice): RugLook {
  return { colour: palette.rug, detail: palette.rugDetail, pattern: random.pick(["border", "stripes", "plain", "diamonds"]) };
}

/** A plant for the floor, its kind by chance. */
export function tallPlant({ palette, random }: LayoutChoice, right: number, away: number): Piece {
  const kind = random.pick(["bush", "tree", "blades"]);
  const height = kind === "tree" ? random.between(1.45, 1.7) : random.between(1.0, 1.3);
  return piece(plant({ height, pot: palette.pot, leaf: palette.leaf, kind }, random), { right, away }, [0.44, 0.44, 0.9, true]);
}
