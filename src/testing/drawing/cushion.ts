import { type Colour, shade } from "./colour.ts";
import { radialGradient } from "./gradient.ts";
import type { Part } from "./part.ts";
import { short } from "./path.ts";
import type { Pixel, Point } from "./view.ts";

/** A cushion in metres: the middle of its lower edge, and its size. */
export interface CushionShape {
  readonly right?: number;
  readonly up: number;
  readonly away: number;
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
  /** How far it leans back at its upper edge, in metres. Default 0.1. */
  readonly lean?: number;
  /** How far it is tilted to the right, in degrees. Default 0. */
  readonly tilt?: number;
  /** Stripes across it. Default none. */
  readonly stripes?: Colour;
}

/** A plump cushion leaning against something behind it. */
export function cushion({ right = 0, up, away, width, height, colour, lean = 0.1, tilt = 0, stripes }: CushionShape): Part {
  const sine = Math.sin((tilt * Math.PI) / 180);
  const at = (across: number, along: number): Point => [
    right + (across * width) / 2 + sine * (along - 0.5) * height,
    up + along * height - sine * across * width * 0.5 + Math.abs(sine) * width * 0.5,
    away + lean * along,
  ];
  return {
    low: [right - width / 2, up, away - 0.06],
    high: [right + width / 2, up + height, away + lean],
    draw: (view) => {
      const [a, b, c, d] = [view.toPixel(at(-1, 1)), view.toPixel(at(1, 1)), view.toPixel(at(1, 0)), view.toPixel(at(-1, 0))];
      const size = view.pixelsPerMetre(at(0, 0.5));
      const outline = plump([a, b, c, d]);
      const middle = view.toPixel(at(0.3 * view.lightSide, 0.68));
      const paint = radialGradient(view, middle, Math.max(width, height) * size * 0.85, [
        [0, shade(colour, 1.1)],
        [0.5, shade(colour, 0.98)],
        [1, shade(colour, 0.68)],
      ]);
      const line = (across: number) => {
        const [top, bottom] = [view.toPixel(at(across, 0.94)), view.toPixel(at(across, 0.06))];
        return `<path d="M${short(top[0])} ${short(top[1])}L${short(bottom[0])} ${short(bottom[1])}"/>`;
      };
      const pattern = stripes
        ? `<g stroke="${stripes}" stroke-opacity="0.6" stroke-width="${short(size * 0.014)}">${[-0.6, -0.45, 0.45, 0.6].map(line).join("")}</g>`
        : "";
      const seam = `stroke="${shade(colour, 0.6)}" stroke-opacity="0.35" stroke-width="${short(Math.max(0.5, size * 0.006))}"`;
      return `${paint.svg}<path d="${outline}" fill="${paint.fill}" ${seam}/>${pattern}`;
    },
  };
}

// Sides bulge outwards and corners stay a little pointed, which is what makes a square read as a cushion.
function plump(corners: readonly Pixel[]): string {
  const middle = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / corners.length);
  const sides = corners.map((from, index) => {
    const to = corners[(index + 1) % corners.length] ?? from;
    const bulge = [0, 1].map((axis) => {
      const half = ((from[axis] ?? 0) + (to[axis] ?? 0)) / 2;
      return half + (half - (middle[axis] ?? 0)) * 0.16;
    });
    return `Q${short(bulge[0] ?? 0)} ${short(bulge[1] ?? 0)} ${short(to[0])} ${short(to[1])}`;
  });
  const [start = [0, 0]] = corners;
  return `M${short(start[0])} ${short(start[1])}${sides.join("")}Z`;
}
