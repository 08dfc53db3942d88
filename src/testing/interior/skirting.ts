import { shade } from "../drawing/colour.ts";
import type { View } from "../drawing/view.ts";
import { areaCorners, type RoomShell, type Wall, wallPoint } from "./room-shell.ts";
import { shadedShape, shape, softShape } from "./shape.ts";

/** The skirting boards of a room, interrupted by its doors. */
export function skirting(view: View, shell: RoomShell): string {
  const height = 0.1;
  const one = (wall: Wall, from: number, to: number) => {
    const light = wall === "back" ? 0.95 : (wall === "left") === view.lightSide < 0 ? 0.82 : 1;
    const area = { wall, from, to, low: 0, high: height };
    const face = shadedShape(view, areaCorners(shell, area, 0.015), wallPoint(shell, wall, to, height), wallPoint(shell, wall, to, 0), [
      [0, shade(shell.skirting, light * 1.04)],
      [1, shade(shell.skirting, light * 0.86)],
    ]);
    const top = [
      wallPoint(shell, wall, from, height),
      wallPoint(shell, wall, to, height),
      wallPoint(shell, wall, to, height, 0.015),
      wallPoint(shell, wall, from, height, 0.015),
    ];
    const shadow = softShape(view, areaCorners(shell, { ...area, low: -0.03, high: 0.012 }, 0.03), "#1d1610", 0.4, 0.014);
    return face + shape(view, top, shade(shell.skirting, light * 1.15)) + shadow;
  };
  const along = (wall: Wall, from: number, to: number) => {
    const doors = (shell.doors ?? []).filter((door) => door.wall === wall).sort((door, other) => door.from - other.from);
    const edges = [from, ...doors.flatMap((door) => [door.from - 0.08, door.to + 0.08]), to];
    return Array.from({ length: edges.length / 2 }, (_, index) => one(wall, edges[index * 2] ?? from, edges[index * 2 + 1] ?? to)).join("");
  };
  return along("back", shell.left, shell.right) + along("left", 1.5, shell.depth) + along("right", 1.5, shell.depth);
}
