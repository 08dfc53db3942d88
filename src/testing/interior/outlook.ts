import { shade } from "../drawing/colour.ts";
import { blur } from "../drawing/gradient.ts";
import { short } from "../drawing/path.ts";
import { createRandom } from "../drawing/random.ts";
import type { Point, View } from "../drawing/view.ts";
import type { RoomShell, Window } from "./room-shell.ts";
import { shadedShape } from "./shape.ts";

/** What is seen through a window whose glass fills these corners, from its lower start around. */
export function outlook(view: View, shell: RoomShell, window: Window, pane: readonly [Point, Point, Point, Point]): string {
  const random = createRandom(shell.seed, window.from * 100, 3);
  const pixels = pane.map(view.toPixel);
  const [left, right] = [Math.min(...pixels.map(([x]) => x)), Math.max(...pixels.map(([x]) => x))];
  const [top, bottom] = [Math.min(...pixels.map(([, y]) => y)), Math.max(...pixels.map(([, y]) => y))];
  const horizon = view.toPixel([0, 1.3, 900])[1];
  const unit = view.pixelsPerMetre([0, 0, shell.depth]);
  const soft = blur(view, unit * 0.028, pixels);
  const sky = shadedShape(
    view,
    pane,
    pane[2],
    [pane[2][0], 1.2, pane[2][2]],
    [
      [0, "#b9d6ec"],
      [0.6, "#dcebf3"],
      [1, "#f7f3e6"],
    ],
  );
  const blob = (x: number, y: number, size: number, colour: string) =>
    `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(size)}" ry="${short(size * 0.8)}" fill="${colour}"/>`;
  const block = (x: number, y: number, width: number, height: number, colour: string) =>
    `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${colour}"/>`;
  const spots: string[] = [];
  if (window.outlook === "city") {
    for (let x = left - unit * 0.2; x < right; ) {
      const width = unit * random.between(0.14, 0.34);
      const height = unit * random.between(0.1, 0.72);
      const colour = random.pick(["#c3cad0", "#b4bdc6", "#d2d0ca", "#a9b4be", "#c9bfb4"]);
      spots.push(block(x, horizon - height, width, bottom - horizon + height, colour));
      for (let level = horizon - height + unit * 0.05; level < bottom; level += unit * 0.07)
        spots.push(block(x + width * 0.12, level, width * 0.76, unit * 0.028, shade(colour, 0.86)));
      x += width * random.between(0.8, 1.15);
    }
  } else if (window.outlook === "sea") {
    spots.push(
      block(left, horizon - unit * 0.02, right - left, bottom - horizon + unit, "#8fb7c9"),
      block(left, horizon + unit * 0.2, right - left, bottom, "#a9c9d2"),
    );
    for (let index = 0; index < 12; index++)
      spots.push(
        blob(
          random.between(left, right),
          horizon + unit * random.between(0.42, 0.7),
          unit * random.between(0.08, 0.2),
          random.pick(["#8fa77b", "#a5b68b", "#7d9a74"]),
        ),
      );
  } else {
    for (let index = 0; index < 46; index++) {
      const depth = index / 46;
      const y = horizon + unit * (random.between(-0.5, 0.1) * (1 - depth * 0.4) + depth * 0.5);
      spots.push(
        blob(
          random.between(left, right),
          y,
          unit * random.between(0.07, 0.2),
          shade(random.pick(["#9db98a", "#87a876", "#b3c795", "#749a6c"]), 1.12 - depth * 0.2),
        ),
      );
    }
    spots.push(block(left, horizon + unit * 0.62, right - left, Math.max(1, bottom - horizon), "#b9cb98"));
  }
  const haze = `<rect x="${short(left)}" y="${short(top)}" width="${short(right - left)}" height="${short(bottom - top)}" fill="#fffdf4" fill-opacity="0.2"/>`;
  return `${sky}${soft.svg}<g filter="${soft.filter}">${spots.join("")}</g>${haze}`;
}
