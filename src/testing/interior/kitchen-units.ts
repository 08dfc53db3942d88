import { box } from "../drawing/box.ts";
import { shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";

/** Fitted kitchen units along a back wall `wallAt` metres away, from left to right, with a sink. */
export function kitchenUnits(from: number, to: number, wallAt: number): Part[] {
  const [front, colour, top] = ["#7f8f84", "#6b7a70", "#e7e2d8"];
  const count = Math.round((to - from) / 0.55);
  const unit = (to - from) / count;
  const middle = (from + to) / 2;
  const away = wallAt - 0.3;
  const doors = Array.from({ length: count }, (_, index) => from + unit * (index + 0.5)).flatMap((right, index) => {
    const face = (up: number, high: number) =>
      box({ right, up, away: away - 0.308, width: unit - 0.012, depth: 0.016, height: high, colour: front });
    const handle = (up: number) =>
      box({ right, up, away: away - 0.325, width: unit * 0.36, depth: 0.018, height: 0.014, colour: "#b3935a" });
    return index % 3 === 1 ? [face(0.11, 0.36), face(0.482, 0.36), handle(0.42), handle(0.79)] : [face(0.11, 0.732), handle(0.79)];
  });
  const splash = Array.from({ length: Math.round((to - from) / 0.15) }, (_, column) =>
    [0, 1, 2].map((row) =>
      box({
        right: from + (column + 0.5) * 0.15,
        up: 0.9 + row * 0.075,
        away: wallAt - 0.005,
        width: 0.146,
        depth: 0.006,
        height: 0.071,
        colour: shade("#f3efe6", 0.97 + ((column * 7 + row * 5) % 4) * 0.02),
      }),
    ),
  ).flat();
  return [
    ...splash.filter((tile) => tile.high[1] < 1.125),
    box({ right: middle, up: 0, away: away + 0.03, width: to - from, depth: 0.5, height: 0.1, colour: "#3f443f" }),
    box({ right: middle, up: 0.1, away, width: to - from, depth: 0.6, height: 0.76, colour }),
    ...doors,
    box({ right: middle, up: 0.86, away: away - 0.01, width: to - from + 0.02, depth: 0.64, height: 0.04, colour: top }),
    ...[0, 1, 2, 3].flatMap((index) => {
      const right = from + 0.24 + index * 0.46;
      return [
        box({ right, up: 1.42, away: wallAt - 0.17, width: 0.46, depth: 0.34, height: 0.78, colour }),
        box({ right, up: 1.425, away: wallAt - 0.348, width: 0.448, depth: 0.016, height: 0.77, colour: front }),
        box({
          right: right + (index % 2 ? -0.17 : 0.17),
          up: 1.46,
          away: wallAt - 0.364,
          width: 0.014,
          depth: 0.016,
          height: 0.12,
          colour: "#b3935a",
        }),
      ];
    }),
    box({ right: 0.15, up: 0.9, away, width: 0.62, depth: 0.4, height: 0.002, colour: "#a7a9a8" }),
    cylinder({ right: 0.15, up: 0.9, away: away + 0.22, radius: 0.014, height: 0.26, colour: "#a9aaa8" }),
    box({ right: 0.15, up: 1.15, away: away + 0.13, width: 0.022, depth: 0.2, height: 0.02, colour: "#b5b6b4" }),
  ];
}
