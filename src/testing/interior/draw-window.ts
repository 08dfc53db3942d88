import { shade } from "../drawing/colour.ts";
import type { Point, View } from "../drawing/view.ts";
import { outlook } from "./outlook.ts";
import { areaCorners, type RoomShell, type WallArea, type Window, wallPoint } from "./room-shell.ts";
import { clipped, shape, softShape } from "./shape.ts";

const recess = 0.2;

/** A window with the view out of it. */
export function drawWindow(view: View, shell: RoomShell, window: Window): string {
  const { wall, from, to, low, high, frame } = window;
  const opening = areaCorners(shell, window);
  const at = (along: number, up: number, out: number) => wallPoint(shell, wall, along, up, out);
  const reveal = (points: readonly Point[], light: number) => shape(view, points, shade(shell.wall, light));
  const sides = [
    reveal([at(from, low, 0), at(from, high, 0), at(from, high, -recess), at(from, low, -recess)], view.lightSide < 0 ? 0.98 : 1.16),
    reveal([at(to, low, 0), at(to, high, 0), at(to, high, -recess), at(to, low, -recess)], view.lightSide < 0 ? 1.16 : 0.98),
    reveal([at(from, high, 0), at(to, high, 0), at(to, high, -recess), at(from, high, -recess)], 0.93),
    reveal([at(from, low, 0), at(to, low, 0), at(to, low, -recess), at(from, low, -recess)], 1.25),
  ];
  const pane = areaCorners(shell, window, -recess);
  const scene = clipped(view, [pane], outlook(view, shell, window, pane));
  const bars = barsOf(window).map((bar) => {
    const face = areaCorners(shell, { wall, ...bar }, -recess + 0.05);
    return (
      shape(view, areaCorners(shell, { wall, ...bar }, -recess), shade(frame, 0.62)) +
      shape(view, face, shade(frame, 0.93), `stroke="${shade(frame, 1.15)}" stroke-width="0.7"`)
    );
  });
  const hole = clipped(view, [opening], sides.join("") + scene + bars.join(""));
  const board = [at(from - 0.06, low, 0.08), at(to + 0.06, low, 0.08), at(to + 0.06, low, -0.02), at(from - 0.06, low, -0.02)];
  const edge = areaCorners(shell, { wall, from: from - 0.06, to: to + 0.06, low: low - 0.035, high: low }, 0.08);
  const sill =
    low > 0.1
      ? softShape(view, areaCorners(shell, { wall, from, to, low: low - 0.12, high: low - 0.02 }), "#2a2520", 0.3, 0.04) +
        shape(view, board, shade(frame, 1.15)) +
        shape(view, edge, shade(frame, 0.92))
      : "";
  const rim = shape(view, opening, "none", `stroke="${shade(shell.wall, 1.2)}" stroke-opacity="0.7" stroke-width="1"`);
  const bloom = softShape(view, pane, "#fffbf0", 0.26, 0.16);
  return hole + rim + sill + bloom;
}

function barsOf({ from, to, low, high, panes, barAt }: Window): Omit<WallArea, "wall">[] {
  const thick = 0.055;
  const upright = Array.from({ length: panes + 1 }, (_, index) => {
    const middle = Math.min(to - thick / 2, Math.max(from + thick / 2, from + ((to - from) * index) / panes));
    const half = index === 0 || index === panes ? thick / 2 : thick * 0.42;
    return { from: middle - half, to: middle + half, low, high };
  });
  const across =
    barAt === undefined ? [] : [{ from, to, low: high - (high - low) * barAt - 0.02, high: high - (high - low) * barAt + 0.02 }];
  return [...across, { from, to, low, high: low + thick }, { from, to, low: high - thick, high }, ...upright];
}
