import { box } from "../drawing/box.ts";
import { shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";
import type { Palette } from "../palette.ts";

/** A kitchen island, `width` metres wide, with a worktop and a panelled front. */
export function kitchenIsland(width: number, palette: Palette): Part[] {
  const panels = Math.round(width / 0.5);
  const panel = (width - 0.1) / panels;
  return [
    box({ up: 0, width: width - 0.1, depth: 0.66, height: 0.08, colour: shade(palette.upholstery, 0.6) }),
    box({ up: 0.08, width, depth: 0.72, height: 0.8, colour: palette.upholstery }),
    ...Array.from({ length: panels }, (_, index) =>
      box({
        right: (index - (panels - 1) / 2) * panel,
        up: 0.13,
        away: -0.367,
        width: panel - 0.05,
        depth: 0.014,
        height: 0.7,
        colour: shade(palette.upholstery, 1.07),
      }),
    ),
    box({ up: 0.88, away: -0.06, width: width + 0.12, depth: 0.98, height: 0.045, colour: palette.stone, soft: 0.012 }),
  ];
}

/** A cutting board and jars at this height. */
export function kitchenThings(right: number, up: number, palette: Palette): Part[] {
  return [
    box({ right, up, width: 0.36, depth: 0.24, height: 0.02, colour: palette.wood, soft: 0.015 }),
    cylinder({ right: right + 0.32, up, away: 0.12, radius: 0.055, height: 0.17, colour: palette.linen, topColour: palette.wood }),
    cylinder({ right: right + 0.46, up, away: 0.14, radius: 0.048, height: 0.12, colour: palette.pot, topColour: palette.wood }),
  ];
}
