import { box } from "../drawing/box.ts";
import type { Colour } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import { radialGradient } from "../drawing/gradient.ts";
import type { Part } from "../drawing/part.ts";
import { short } from "../drawing/path.ts";
import type { Point } from "../drawing/view.ts";

/** A table lamp that stands at this height, switched on. */
export function tableLamp(up: number, foot: Colour, lampshade: Colour, right = 0): Part[] {
  return [
    cylinder({ right, up, radius: 0.06, topRadius: 0.09, height: 0.1, colour: foot }),
    cylinder({ right, up: up + 0.1, radius: 0.09, topRadius: 0.025, height: 0.1, colour: foot }),
    cylinder({ right, up: up + 0.2, radius: 0.01, height: 0.05, colour: foot }),
    cylinder({ right, up: up + 0.24, radius: 0.16, topRadius: 0.11, height: 0.2, colour: lampshade, glow: 0.75 }),
    halo([right, up + 0.34, 0], 0.42),
  ];
}

/** A floor lamp, switched on: on a tripod or on a stem. */
export function floorLamp(metal: Colour, lampshade: Colour, isTripod: boolean): Part[] {
  const stem = isTripod
    ? [-1, 0, 1].map((side) => leg([side * 0.24, 0, side === 0 ? 0.22 : -0.12], [0, 1.24, 0], metal))
    : [cylinder({ radius: 0.15, height: 0.02, colour: metal }), cylinder({ up: 0.02, radius: 0.012, height: 1.24, colour: metal })];
  return [
    ...stem,
    cylinder({ up: 1.22, radius: 0.23, topRadius: 0.17, height: 0.27, colour: lampshade, glow: 0.8 }),
    halo([0, 1.36, 0], 0.65),
  ];
}

/** A lantern for the floor with a light in it, in metres. */
export function lantern(height: number, metal: Colour): Part[] {
  const posts = [-1, 1].flatMap((side) =>
    [-1, 1].map((end) =>
      box({ right: side * 0.085, away: end * 0.085, up: 0.02, width: 0.016, depth: 0.016, height: height - 0.04, colour: metal }),
    ),
  );
  return [
    box({ width: 0.2, depth: 0.2, height: 0.02, colour: metal }),
    ...posts,
    cylinder({ up: 0.02, radius: 0.045, height: height * 0.45, colour: "#f7ead0", glow: 0.8 }),
    halo([0, height * 0.55, 0], 0.3),
    box({ up: height - 0.02, width: 0.2, depth: 0.2, height: 0.02, colour: metal }),
    cylinder({ up: height, radius: 0.07, topRadius: 0.02, height: 0.05, colour: metal }),
  ];
}

function leg(from: Point, to: Point, colour: Colour): Part {
  return {
    low: [Math.min(from[0], to[0]), 0, Math.min(from[2], to[2])],
    high: [Math.max(from[0], to[0]), to[1], Math.max(from[2], to[2])],
    draw: (view) => {
      const [start, end] = [view.toPixel(from), view.toPixel(to)];
      const thickness = view.pixelsPerMetre(from) * 0.022;
      return `<path d="M${start.map(short).join(" ")}L${end.map(short).join(" ")}" stroke="${colour}" stroke-width="${short(thickness)}" stroke-linecap="round"/>`;
    },
  };
}

function halo(centre: Point, radius: number): Part {
  return {
    low: [centre[0] - 0.01, centre[1] - 0.01, centre[2] - 0.31],
    high: [centre[0] + 0.01, centre[1] + 0.01, centre[2] - 0.3],
    draw: (view) => {
      const pixel = view.toPixel(centre);
      const size = radius * view.pixelsPerMetre(centre);
      const paint = radialGradient(view, pixel, size, [
        [0, "#ffe9bd", 0.5],
        [0.35, "#ffdf9f", 0.16],
        [1, "#ffd98f", 0],
      ]);
      return `${paint.svg}<circle cx="${short(pixel[0])}" cy="${short(pixel[1])}" r="${short(size)}" fill="${paint.fill}"/>`;
    },
  };
}
