import type { Point, View } from "../drawing/view.ts";
import { floorOutline } from "./floor-covering.ts";
import { areaCorners, type RoomShell, wallPoint } from "./room-shell.ts";
import { clipped, softShape } from "./shape.ts";

/** The light of the windows on the floor: the sun through each pane, and its dim reflection in the floor itself. */
export function drawWindowLight(view: View, shell: RoomShell): string {
  const floor = floorOutline(shell);
  const patches = shell.windows.map((window) => {
    const { wall, from, to, low, high, panes, barAt } = window;
    const cast = (along: number, up: number): Point => {
      const point = wallPoint(shell, wall, along, up);
      return [point[0] + up * shell.sun[0], 0, point[2] + up * shell.sun[1]];
    };
    const levels =
      barAt === undefined
        ? [[low, high]]
        : [
            [low, high - (high - low) * barAt - 0.03],
            [high - (high - low) * barAt + 0.03, high],
          ];
    const lit = levels.flatMap(([bottom = low, top = high]) =>
      Array.from({ length: panes }, (_, index) => {
        const [start, end] = [from + ((to - from) * index) / panes + 0.04, from + ((to - from) * (index + 1)) / panes - 0.04];
        return softShape(view, [cast(start, bottom), cast(end, bottom), cast(end, top), cast(start, top)], "#fff0cb", 0.46, 0.016);
      }),
    );
    const around = softShape(view, [cast(from, low), cast(to, low), cast(to, high), cast(from, high)], "#ffe9bf", 0.16, 0.22);
    const mirrored = areaCorners(shell, window, 0).map(([right, up, away]): Point => [right, -up, away]);
    const shine = softShape(view, mirrored, "#fdf8ea", shell.floor.kind === "concrete" ? 0.12 : 0.2, 0.1);
    return shine + around + lit.join("");
  });
  return clipped(view, [floor], patches.join(""));
}
