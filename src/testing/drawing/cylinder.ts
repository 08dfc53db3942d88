import { type Colour, shade } from "./colour.ts";
import { linearGradient } from "./gradient.ts";
import type { Part } from "./part.ts";
import { hull, short, toPath } from "./path.ts";
import type { Pixel, Point, View } from "./view.ts";

/** An upright cylinder or cone in metres: the middle of its bottom, and its size. */
export interface CylinderShape {
  readonly right?: number;
  readonly up?: number;
  readonly away?: number;
  readonly radius: number;
  /** Default: as at the bottom. */
  readonly topRadius?: number;
  readonly height: number;
  readonly colour: Colour;
  /** How deep it is compared with how wide. Default 1. */
  readonly squash?: number;
  /** What is seen from above. Default: its own colour in the light. */
  readonly topColour?: Colour;
  /** How much light it gives by itself, 0 to 1, as a lamp shade does. Default 0. */
  readonly glow?: number;
}

/** An upright cylinder or cone with light on it. */
export function cylinder(shape: CylinderShape): Part {
  const { right = 0, up = 0, away = 0, radius, topRadius = radius, height, squash = 1 } = shape;
  const widest = Math.max(radius, topRadius);
  return {
    low: [right - widest, up, away - widest * squash],
    high: [right + widest, up + height, away + widest * squash],
    draw: (view) => {
      const bottom = circle(view, [right, up, away], radius, squash);
      const top = circle(view, [right, up + height, away], topRadius, squash);
      const seen = up + height < view.eye[1] ? top : bottom;
      return drawBody(view, [...bottom, ...top], shape) + drawLid(view, seen, seen === top, shape);
    },
  };
}

function circle(view: View, [right, up, away]: Point, radius: number, squash: number): Pixel[] {
  return Array.from({ length: 40 }, (_, step) => {
    const angle = (step / 40) * 2 * Math.PI;
    return view.toPixel([right + radius * Math.cos(angle), up, away + radius * squash * Math.sin(angle)]);
  });
}

function drawBody(view: View, pixels: readonly Pixel[], { colour, glow = 0 }: CylinderShape): string {
  const across = pixels.map(([x]) => x);
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [lit, dark] = view.lightSide < 0 ? [left, right] : [right, left];
  const dim = (light: number) => shade(colour, light + (1.12 - light) * glow);
  const paint = linearGradient(
    view,
    [lit, 0],
    [dark, 0],
    [
      [0, dim(0.9)],
      [0.28, dim(1.04)],
      [0.65, dim(0.82)],
      [1, dim(0.64)],
    ],
  );
  return `${paint.svg}<path d="${toPath(hull(pixels))}" fill="${paint.fill}"/>`;
}

function drawLid(view: View, pixels: readonly Pixel[], isTop: boolean, { colour, topColour, glow = 0 }: CylinderShape): string {
  const fill = topColour ?? shade(colour, isTop ? 1.04 + glow * 0.2 : 0.6 + glow * 0.5);
  const edge = Math.max(0.4, view.pixelsPerMetre([0, 0, 0]) * 0.004);
  return `<path d="${toPath(pixels)}" fill="${fill}" stroke="${shade(colour, 1.2)}" stroke-opacity="0.5" stroke-width="${short(edge)}"/>`;
}
