import { box } from "../drawing/box.ts";
import { shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";
import type { Palette } from "../palette.ts";
import { tableLamp } from "./lamp.ts";
import { bookStack, table } from "./table.ts";

/** A desk with a screen, a lamp and a few books, 1.6 metres wide; whoever works at it looks away from the camera. */
export function desk(palette: Palette, lampSide: -1 | 1): Part[] {
  const screen = "#23272c";
  const drawers = [0.38, 0.53].flatMap((up) => [
    box({ right: -lampSide * 0.55, up, away: -0.345, width: 0.36, depth: 0.014, height: 0.14, colour: shade(palette.wood, 1.08) }),
    box({ right: -lampSide * 0.55, up: up + 0.07, away: -0.358, width: 0.1, depth: 0.012, height: 0.012, colour: palette.metal }),
  ]);
  return [
    ...table({ width: 1.6, depth: 0.74, height: 0.75, top: palette.wood, legs: palette.metal }),
    box({ right: -lampSide * 0.55, up: 0.36, width: 0.38, depth: 0.66, height: 0.33, colour: shade(palette.wood, 0.86) }),
    ...drawers,
    box({ up: 0.75, away: 0.16, width: 0.22, depth: 0.15, height: 0.012, colour: palette.metal }),
    box({ up: 0.762, away: 0.18, width: 0.05, depth: 0.03, height: 0.1, colour: palette.metal }),
    box({ up: 0.86, away: 0.16, width: 0.62, depth: 0.025, height: 0.36, colour: screen, soft: 0.01 }),
    box({ up: 0.875, away: 0.1455, width: 0.595, depth: 0.003, height: 0.33, colour: "#5d7282" }),
    box({ up: 0.75, away: -0.13, width: 0.4, depth: 0.13, height: 0.014, colour: palette.linen }),
    ...bookStack(-lampSide * 0.55, 0.75, 0.1, [palette.accent, palette.linen, palette.second]),
    ...tableLamp(0.75, palette.metal, palette.shade, lampSide * 0.6),
    cylinder({ right: lampSide * 0.34, up: 0.75, away: -0.1, radius: 0.036, height: 0.09, colour: palette.accent, topColour: "#3b2a20" }),
  ];
}
