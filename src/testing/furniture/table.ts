import { ball } from "../drawing/ball.ts";
import { box } from "../drawing/box.ts";
import { type Colour, shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";

/** A table in metres. */
export interface TableShape {
  readonly width: number;
  readonly depth: number;
  readonly height: number;
  readonly top: Colour;
  readonly legs: Colour;
  /** Default 0.035. */
  readonly thickness?: number;
  /** A shelf this high above the floor. Default none. */
  readonly shelfUp?: number;
}

/** A table on four legs. */
export function table({ width, depth, height, top, legs, thickness = 0.035, shelfUp }: TableShape): Part[] {
  const corners = [-1, 1].flatMap((side) => [-1, 1].map((end) => [side * (width / 2 - 0.05), end * (depth / 2 - 0.05)] as const));
  const legHeight = height - thickness;
  return [
    ...corners.map(([right, away]) => box({ right, away, width: 0.04, depth: 0.04, height: legHeight, colour: legs })),
    ...(shelfUp === undefined
      ? []
      : [box({ up: shelfUp, width: width - 0.16, depth: depth - 0.16, height: 0.02, colour: shade(top, 0.9) })]),
    box({ up: legHeight, width, depth, height: thickness, colour: top, soft: 0.012 }),
  ];
}

/** A round table on a drum, or on a stem with a foot; `radius` and `height` in metres. */
export function roundTable(radius: number, height: number, top: Colour, base: Colour, kind: "drum" | "stem"): Part[] {
  const lid = cylinder({ up: height - 0.03, radius, height: 0.03, colour: top });
  if (kind === "drum") return [cylinder({ radius: radius * 0.72, topRadius: radius * 0.8, height: height - 0.03, colour: base }), lid];
  return [
    cylinder({ radius: radius * 0.55, height: 0.02, colour: base }),
    cylinder({ up: 0.02, radius: 0.035, height: height - 0.05, colour: base }),
    lid,
  ];
}

/** Books lying on each other at this height, in metres. */
export function bookStack(right: number, up: number, away: number, colours: readonly Colour[]): Part[] {
  return colours.map((colour, index) =>
    box({
      right: right + index * 0.008,
      up: up + index * 0.032,
      away,
      width: 0.26 - index * 0.03,
      height: 0.03,
      depth: 0.19 - index * 0.015,
      colour,
    }),
  );
}

/** A bowl of fruit at this height, in metres. */
export function fruitBowl(right: number, up: number, away: number, bowl: Colour, fruit: readonly Colour[]): Part[] {
  const places = [-0.07, 0.06, 0, -0.02, 0.08];
  return [
    cylinder({ right, up, away, radius: 0.07, topRadius: 0.16, height: 0.08, colour: bowl, topColour: shade(bowl, 0.6) }),
    ...places.map((place, index) =>
      ball(
        [right + place, up + 0.1 + (index === 2 ? 0.05 : 0), away + (index % 2 ? 0.04 : -0.04)],
        0.045,
        fruit[index % fruit.length] ?? bowl,
      ),
    ),
  ];
}
