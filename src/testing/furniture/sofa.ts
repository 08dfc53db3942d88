import { box } from "../drawing/box.ts";
import { type Colour, shade } from "../drawing/colour.ts";
import { cushion } from "../drawing/cushion.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";

/** A sofa or, with one seat, an armchair, in metres. */
export interface SofaShape {
  readonly width: number;
  readonly seats: number;
  readonly colour: Colour;
  readonly legs: Colour;
  /** Colours of the throw cushions, from the left end and the right end inwards in turn. */
  readonly cushions: readonly Colour[];
  /** A blanket over one arm. Default none. */
  readonly throwColour?: Colour;
}

const depth = 0.9;
const arm = 0.19;

/** A sofa that stands around its middle and faces the camera. */
export function sofa({ width, seats, colour, legs, cushions, throwColour }: SofaShape): Part[] {
  const inner = width - 2 * arm;
  const seatWidth = inner / seats;
  const places = Array.from({ length: seats }, (_, index) => -inner / 2 + seatWidth * (index + 0.5));
  const feet = [-1, 1].flatMap((side) =>
    [-1, 1].map((end) =>
      cylinder({ right: side * (width / 2 - 0.1), away: end * 0.36, radius: 0.016, topRadius: 0.024, height: 0.13, colour: legs }),
    ),
  );
  const seatCushions = places.map((right) =>
    box({ right, up: 0.29, away: -0.09, width: seatWidth - 0.006, height: 0.16, depth: 0.68, colour: shade(colour, 1.03), soft: 0.045 }),
  );
  const backCushions = places.map((right) =>
    box({ right, up: 0.45, away: 0.185, width: seatWidth - 0.01, height: 0.37, depth: 0.165, colour, soft: 0.07 }),
  );
  const pillows = cushions.map((pillow, index) => {
    const side = index % 2 ? 1 : -1;
    const inwards = Math.floor(index / 2) * 0.27;
    return cushion({
      right: seats === 1 ? 0.02 : side * (inner / 2 - 0.24 - inwards),
      up: 0.45,
      away: -0.03 - inwards * 0.2,
      width: index < 2 ? 0.42 : 0.36,
      height: index < 2 ? 0.4 : 0.34,
      colour: pillow,
      tilt: side * (6 + inwards * 10),
      ...(index === 2 && { stripes: shade(pillow, 0.55) }),
    });
  });
  const blanket = throwColour
    ? [
        box({
          right: width / 2 - arm / 2,
          up: 0.582,
          away: -0.16,
          width: arm + 0.03,
          height: 0.02,
          depth: 0.36,
          colour: throwColour,
          soft: 0.012,
        }),
        box({
          right: width / 2 - arm / 2,
          up: 0.27,
          away: -0.458,
          width: arm + 0.02,
          height: 0.325,
          depth: 0.015,
          colour: throwColour,
          soft: 0.012,
        }),
      ]
    : [];
  return [
    ...feet,
    box({ up: 0.13, away: -0.09, width: inner, height: 0.16, depth: depth - 0.2, colour: shade(colour, 0.94), soft: 0.03 }),
    box({ up: 0.14, away: 0.36, width: width - 0.03, height: 0.62, depth: 0.18, colour: shade(colour, 0.96), soft: 0.055 }),
    ...backCushions,
    ...seatCushions,
    ...pillows,
    ...[-1, 1].map((side) =>
      box({
        right: side * (width / 2 - arm / 2),
        up: 0.14,
        away: -0.09,
        width: arm,
        height: 0.44,
        depth: depth - 0.18,
        colour,
        soft: 0.055,
      }),
    ),
    ...blanket,
  ];
}
