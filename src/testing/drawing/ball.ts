import { type Colour, shade } from "./colour.ts";
import { radialGradient } from "./gradient.ts";
import type { Part } from "./part.ts";
import { short } from "./path.ts";
import type { Point } from "./view.ts";

/** A ball with light on it, in metres; `squash` makes it lower than wide. */
export function ball(centre: Point, radius: number, colour: Colour, squash = 1): Part {
  return {
    low: [centre[0] - radius, centre[1] - radius * squash, centre[2] - radius],
    high: [centre[0] + radius, centre[1] + radius * squash, centre[2] + radius],
    draw: (view) => {
      const [x, y] = view.toPixel(centre);
      const size = radius * view.pixelsPerMetre(centre);
      const paint = radialGradient(view, [x + size * 0.35 * view.lightSide, y - size * 0.4 * squash], size * 1.5, [
        [0, shade(colour, 1.14)],
        [0.45, shade(colour, 0.96)],
        [1, shade(colour, 0.6)],
      ]);
      return `${paint.svg}<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(size)}" ry="${short(size * squash)}" fill="${paint.fill}"/>`;
    },
  };
}
