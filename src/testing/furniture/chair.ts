import { box } from "../drawing/box.ts";
import { type Colour, shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";

/** A chair without arms, in two colours; it faces the camera. */
export function chair(seat: Colour, frame: Colour): Part[] {
  const legs = [-1, 1].flatMap((side) => [
    box({ right: side * 0.19, away: -0.19, width: 0.032, depth: 0.032, height: 0.43, colour: frame }),
    box({ right: side * 0.19, away: 0.2, width: 0.032, depth: 0.032, height: 0.88, colour: frame }),
  ]);
  return [
    ...legs,
    box({ up: 0.43, away: -0.02, width: 0.45, depth: 0.42, height: 0.055, colour: seat, soft: 0.024 }),
    box({ up: 0.62, away: 0.215, width: 0.42, depth: 0.045, height: 0.27, colour: shade(seat, 0.97), soft: 0.04 }),
  ];
}

/** A stool, or with 0.65 metres a bar stool. */
export function stool(height: number, seat: Colour, frame: Colour): Part[] {
  const legs = [-1, 1].flatMap((side) =>
    [-1, 1].map((end) => box({ right: side * 0.13, away: end * 0.13, width: 0.026, depth: 0.026, height, colour: frame })),
  );
  const rung = height > 0.55 ? [box({ up: 0.22, away: -0.13, width: 0.24, depth: 0.018, height: 0.018, colour: frame })] : [];
  return [...legs, ...rung, cylinder({ up: height, radius: 0.185, height: 0.055, colour: seat })];
}

/** An office chair on a star foot; it faces the camera. */
export function officeChair(seat: Colour, frame: Colour): Part[] {
  return [
    box({ up: 0.035, width: 0.56, depth: 0.05, height: 0.035, colour: frame }),
    box({ up: 0.035, width: 0.05, depth: 0.56, height: 0.035, colour: frame }),
    ...[-1, 1].flatMap((side) => [
      cylinder({ right: side * 0.26, radius: 0.028, height: 0.036, colour: frame }),
      cylinder({ away: side * 0.26, radius: 0.028, height: 0.036, colour: frame }),
    ]),
    cylinder({ up: 0.07, radius: 0.028, height: 0.36, colour: shade(frame, 1.3) }),
    box({ up: 0.43, width: 0.5, depth: 0.48, height: 0.085, colour: seat, soft: 0.05 }),
    ...[-1, 1].flatMap((side) => [
      box({ right: side * 0.275, up: 0.46, away: 0.02, width: 0.03, depth: 0.05, height: 0.19, colour: frame }),
      box({ right: side * 0.275, up: 0.65, width: 0.05, depth: 0.28, height: 0.03, colour: frame, soft: 0.012 }),
    ]),
    box({ up: 0.515, away: 0.24, width: 0.06, depth: 0.03, height: 0.12, colour: frame }),
    box({ up: 0.58, away: 0.235, width: 0.46, depth: 0.07, height: 0.52, colour: shade(seat, 0.98), soft: 0.1 }),
  ];
}
