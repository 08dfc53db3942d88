import { box } from "../drawing/box.ts";
import { drawParts } from "../drawing/part.ts";
import type { View } from "../drawing/view.ts";
import { areaCorners, type RoomShell } from "./room-shell.ts";
import { softShape } from "./shape.ts";

/** The radiators on the back wall. */
export function drawRadiators(view: View, shell: RoomShell): string {
  return (shell.radiators ?? [])
    .map(({ at, width }) => {
      const count = Math.round(width / 0.065);
      const away = shell.depth - 0.09;
      const fins = Array.from({ length: count }, (_, index) =>
        box({
          right: at + (index - (count - 1) / 2) * 0.065,
          up: 0.14,
          away,
          width: 0.052,
          depth: 0.09,
          height: 0.56,
          colour: "#f1efeb",
          soft: 0.016,
        }),
      );
      const pipe = box({ right: at - width / 2 - 0.04, up: 0, away, width: 0.02, depth: 0.02, height: 0.2, colour: "#dedad3" });
      const area = { wall: "back" as const, from: at - width / 2 - 0.03, to: at + width / 2 + 0.03, low: 0.1, high: 0.72 };
      const floor = [
        [at - width / 2, 0, away - 0.1],
        [at + width / 2, 0, away - 0.1],
        [at + width / 2, 0, shell.depth],
        [at - width / 2, 0, shell.depth],
      ] as const;
      return (
        softShape(view, areaCorners(shell, area), "#1d1a16", 0.4, 0.035) +
        softShape(view, floor, "#1d1610", 0.28, 0.04) +
        drawParts([pipe, ...fins], view)
      );
    })
    .join("");
}
