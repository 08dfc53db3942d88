import { box } from "../drawing/box.ts";
import { shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";
import type { Palette } from "../palette.ts";

/** A freestanding bathtub with a towel over its rim and a tap at one end. */
export function bathtub(palette: Palette, tapSide: -1 | 1): Part[] {
  const enamel = "#f1efec";
  return [
    cylinder({ radius: 0.68, topRadius: 0.84, height: 0.56, squash: 0.46, colour: enamel }),
    cylinder({ up: 0.56, radius: 0.84, height: 0.015, squash: 0.46, colour: shade(enamel, 1.05) }),
    cylinder({ up: 0.576, radius: 0.78, height: 0.001, squash: 0.42, colour: enamel, topColour: shade("#c9d3d6", 0.94) }),
    cylinder({ right: tapSide * 0.98, radius: 0.016, height: 0.95, colour: palette.metal }),
    box({ right: tapSide * 0.88, up: 0.93, width: 0.24, depth: 0.03, height: 0.026, colour: palette.metal }),
    box({ right: -tapSide * 0.3, up: 0.2, away: -0.41, width: 0.34, depth: 0.02, height: 0.38, colour: palette.accent, soft: 0.012 }),
    box({ right: -tapSide * 0.3, up: 0.585, away: -0.31, width: 0.34, depth: 0.22, height: 0.015, colour: palette.accent, soft: 0.012 }),
  ];
}

/** A vanity with a basin, 1.1 metres wide. */
export function vanity(palette: Palette): Part[] {
  return [
    box({ up: 0.22, width: 1.1, depth: 0.48, height: 0.56, colour: shade(palette.wood, 0.88) }),
    ...[-1, 1].map((side) =>
      box({ right: side * 0.275, up: 0.25, away: -0.247, width: 0.53, depth: 0.014, height: 0.5, colour: shade(palette.wood, 1.06) }),
    ),
    ...[-1, 1].map((side) =>
      box({ right: side * 0.06, up: 0.55, away: -0.262, width: 0.014, depth: 0.016, height: 0.13, colour: palette.metal }),
    ),
    box({ up: 0.78, width: 1.14, depth: 0.5, height: 0.035, colour: palette.stone }),
    cylinder({ up: 0.815, radius: 0.17, topRadius: 0.23, height: 0.11, squash: 0.75, colour: "#f3f1ee", topColour: "#cfd2d1" }),
    cylinder({ up: 0.815, away: 0.2, radius: 0.014, height: 0.24, colour: palette.metal }),
    cylinder({ right: 0.4, up: 0.815, radius: 0.035, height: 0.13, colour: palette.accent }),
  ];
}

/** Folded towels on each other at this height. */
export function towels(up: number, colours: readonly string[]): Part[] {
  return colours.map((colour, index) => box({ up: up + index * 0.075, width: 0.32, depth: 0.24, height: 0.072, colour, soft: 0.034 }));
}
