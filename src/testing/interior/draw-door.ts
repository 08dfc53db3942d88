import { shade } from "../drawing/colour.ts";
import { short } from "../drawing/path.ts";
import type { View } from "../drawing/view.ts";
import { areaCorners, type Door, type RoomShell, wallPoint } from "./room-shell.ts";
import { shadedShape, shape, softShape } from "./shape.ts";

/** A closed door in its frame. */
export function drawDoor(view: View, shell: RoomShell, door: Door): string {
  const { wall, from, to, high, colour } = door;
  const light = wall === "back" ? 0.95 : (wall === "left") === view.lightSide < 0 ? 0.84 : 1;
  const fill = (shapeLight: number) => shade(colour, light * shapeLight);
  const casing = shape(
    view,
    areaCorners(shell, { wall, from: from - 0.08, to: to + 0.08, low: 0, high: high + 0.08 }, 0.012),
    fill(0.98),
    `stroke="${fill(0.7)}" stroke-width="0.8"`,
  );
  const leaf = shadedShape(
    view,
    areaCorners(shell, { ...door, low: 0.008 }),
    wallPoint(shell, wall, from, high),
    wallPoint(shell, wall, from, 0),
    [
      [0, fill(1.03)],
      [1, fill(0.9)],
    ],
  );
  const gap = shape(view, areaCorners(shell, { ...door, low: 0 }, 0.002), "none", `stroke="${fill(0.5)}" stroke-width="1.6"`);
  const columns = door.panels === 4 ? 2 : 1;
  const rows =
    door.panels === 1
      ? [[0.18, high - 0.16]]
      : [
          [0.16, high * 0.42],
          [high * 0.48, high - 0.14],
        ];
  const width = (to - from - 0.12 * (columns + 1)) / columns;
  const panels = rows.flatMap(([low = 0, top = 1]) =>
    Array.from({ length: columns }, (_, column) => {
      const start = from + 0.12 + column * (width + 0.12);
      const area = { wall, from: start, to: start + width, low, high: top };
      const inner = { wall, from: start + 0.025, to: start + width - 0.025, low: low + 0.025, high: top - 0.025 };
      return (
        shape(view, areaCorners(shell, area), fill(0.84)) +
        shape(view, areaCorners(shell, inner), fill(0.99), `stroke="${fill(1.14)}" stroke-width="0.9"`)
      );
    }),
  );
  const isNearHandle = wall !== "left";
  const handleAt = wallPoint(shell, wall, isNearHandle ? from + 0.07 : to - 0.07, 1.02, 0.05);
  const [x, y] = view.toPixel(handleAt);
  const size = view.pixelsPerMetre(handleAt);
  const length = size * 0.1 * (wall === "back" ? 1 : 0.5) * (isNearHandle === (wall !== "right") ? 1 : -1);
  const handle = `<circle cx="${short(x)}" cy="${short(y)}" r="${short(size * 0.026)}" fill="#8f8b84"/><path d="M${short(x)} ${short(y)}h${short(length)}" stroke="#6f6b65" stroke-width="${short(size * 0.022)}" stroke-linecap="round"/>`;
  return (
    softShape(view, areaCorners(shell, { wall, from: from - 0.1, to: to + 0.1, low: 0, high: high + 0.1 }), "#2a2520", 0.22, 0.04) +
    casing +
    leaf +
    panels.join("") +
    gap +
    handle
  );
}
