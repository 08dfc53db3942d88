import { box } from "../drawing/box.ts";
import { shade } from "../drawing/colour.ts";
import { cushion } from "../drawing/cushion.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";
import type { Palette } from "../palette.ts";
import { tableLamp } from "./lamp.ts";

/** A made double bed, `width` metres wide, its headboard away from the camera. */
export function bed(width: number, palette: Palette, isUpholstered: boolean): Part[] {
  const frame = isUpholstered ? palette.upholstery : palette.wood;
  const half = width / 2;
  const head = isUpholstered
    ? Array.from({ length: 4 }, (_, index) =>
        box({
          right: (index - 1.5) * ((width + 0.1) / 4),
          up: 0.08,
          away: 1.06,
          width: (width + 0.1) / 4 - 0.004,
          height: 1.02,
          depth: 0.1,
          colour: frame,
          soft: 0.045,
        }),
      )
    : [box({ up: 0.08, away: 1.06, width: width + 0.1, height: 0.92, depth: 0.06, colour: frame, soft: 0.02 })];
  const feet = [-1, 1].map((side) =>
    cylinder({ right: side * (half - 0.08), away: -0.92, radius: 0.025, height: 0.1, colour: palette.metal }),
  );
  const pillow = (right: number, away: number, height: number, colour: string, tilt: number) =>
    cushion({ right, up: 0.56, away, width: height * 1.45, height, colour, lean: 0.13, tilt });
  return [
    ...head,
    ...feet,
    box({ up: 0.1, width: width + 0.04, depth: 2.02, height: 0.2, colour: frame, soft: 0.021 }),
    box({ up: 0.3, width: width - 0.02, depth: 1.98, height: 0.2, colour: palette.linen, soft: 0.06 }),
    box({ up: 0.34, away: -0.22, width: width + 0.09, depth: 1.6, height: 0.22, colour: shade(palette.linen, 1.04), soft: 0.085 }),
    box({ up: 0.5, away: 0.38, width: width + 0.06, depth: 0.34, height: 0.075, colour: shade(palette.second, 1.1), soft: 0.04 }),
    pillow(-half * 0.5, 0.84, 0.42, palette.linen, -2),
    pillow(half * 0.5, 0.84, 0.42, palette.linen, 2),
    pillow(-half * 0.42, 0.7, 0.36, palette.second, 3),
    pillow(half * 0.42, 0.7, 0.36, palette.second, -3),
    pillow(0, 0.58, 0.27, palette.accent, 0),
    box({ up: 0.33, away: -0.62, width: width + 0.13, depth: 0.55, height: 0.245, colour: palette.accent, soft: 0.075 }),
  ];
}

/** A bedside table with a lamp on it. */
export function bedsideTable(palette: Palette): Part[] {
  const front = (up: number) => [
    box({ up, away: -0.205, width: 0.42, depth: 0.012, height: 0.15, colour: shade(palette.wood, 1.06) }),
    cylinder({ up: up + 0.07, away: -0.222, radius: 0.011, height: 0.02, colour: palette.metal }),
  ];
  return [
    ...[-1, 1].flatMap((side) =>
      [-1, 1].map((end) => box({ right: side * 0.2, away: end * 0.15, width: 0.03, depth: 0.03, height: 0.12, colour: palette.metal })),
    ),
    box({ up: 0.12, width: 0.46, depth: 0.4, height: 0.37, colour: palette.wood, soft: 0.01 }),
    ...front(0.14),
    ...front(0.315),
    ...tableLamp(0.49, palette.pot, palette.shade),
  ];
}
