import { radialGradient } from "../drawing/gradient.ts";
import { drawParts } from "../drawing/part.ts";
import { short } from "../drawing/path.ts";
import type { View } from "../drawing/view.ts";
import { drawDoor } from "./draw-door.ts";
import { drawRadiators } from "./draw-radiators.ts";
import { drawWindow } from "./draw-window.ts";
import { drawWindowLight } from "./draw-window-light.ts";
import { floorCovering } from "./floor-covering.ts";
import type { RoomShell } from "./room-shell.ts";
import { skirting } from "./skirting.ts";
import { walls } from "./walls.ts";

/** The SVG elements of an empty room, to stand in an `<svg>` of this size in pixels, as the view was made for. */
export function roomSvg(view: View, shell: RoomShell, width: number, height: number): string {
  const vignette = radialGradient(view, [width / 2, height * 0.46], width * 0.72, [
    [0, "#fffdf6", 0.05],
    [0.55, "#fffdf6", 0],
    [1, "#1a140e", 0.24],
  ]);
  return [
    `<rect width="${short(width)}" height="${short(height)}" fill="${shell.wall}"/>`,
    walls(view, shell),
    floorCovering(view, shell),
    drawWindowLight(view, shell),
    skirting(view, shell),
    ...(shell.doors ?? []).map((door) => drawDoor(view, shell, door)),
    ...shell.windows.map((window) => drawWindow(view, shell, window)),
    drawRadiators(view, shell),
    drawParts(shell.parts ?? [], view),
    `${vignette.svg}<rect width="${short(width)}" height="${short(height)}" fill="${vignette.fill}"/>`,
  ].join("");
}
