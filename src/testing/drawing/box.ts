import { type Colour, shade } from "./colour.ts";
import { linearGradient } from "./gradient.ts";
import type { Part } from "./part.ts";
import { hull, short, toRoundedPath } from "./path.ts";
import type { Point, View } from "./view.ts";

/** A box in metres: the middle of its bottom, and its size. */
export interface BoxShape {
  readonly right?: number;
  readonly up?: number;
  readonly away?: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: Colour;
  /** How far its edges are rounded, in metres, as upholstery is. Default 0.006. */
  readonly soft?: number;
}

const faces: readonly { normal: Point; corners: readonly number[] }[] = [
  { normal: [0, -1, 0], corners: [0, 1, 5, 4] },
  { normal: [0, 0, 1], corners: [4, 5, 7, 6] },
  { normal: [-1, 0, 0], corners: [0, 4, 6, 2] },
  { normal: [1, 0, 0], corners: [1, 5, 7, 3] },
  { normal: [0, 0, -1], corners: [0, 1, 3, 2] },
  { normal: [0, 1, 0], corners: [2, 3, 7, 6] },
];

/** A box with light on it. */
export function box({ right = 0, up = 0, away = 0, width, height, depth, colour, soft = 0.006 }: BoxShape): Part {
  const low: Point = [right - width / 2, up, away - depth / 2];
  const high: Point = [right + width / 2, up + height, away + depth / 2];
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map(
    (bits): Point => [bits & 1 ? high[0] : low[0], bits & 2 ? high[1] : low[1], bits & 4 ? high[2] : low[2]],
  );
  return { low, high, draw: (view) => drawBox(view, corners, colour, soft) };
}

/** How much light falls on a surface that faces this way: about 0.6 to 1.1. */
function lightOn(view: View, normal: Point): number {
  const facing = normal[0] * view.light[0] + normal[1] * view.light[1] + normal[2] * view.light[2];
  return 0.72 + 0.42 * Math.max(-0.25, facing);
}

function drawBox(view: View, corners: readonly Point[], colour: Colour, soft: number): string {
  const pixels = corners.map(view.toPixel);
  const scale = view.pixelsPerMetre(corners[0] ?? [0, 0, 1]);
  const radius = soft * scale;
  const isSoft = soft > 0.02;
  const silhouette = `<path d="${toRoundedPath(hull(pixels), radius)}" fill="${shade(colour, isSoft ? 0.9 : 0.8)}"/>`;
  const visible = faces.filter(({ normal, corners: [first = 0] }) => {
    const point = corners[first] ?? [0, 0, 0];
    return normal[0] * (view.eye[0] - point[0]) + normal[1] * (view.eye[1] - point[1]) + normal[2] * (view.eye[2] - point[2]) > 0;
  });
  const drawn = visible.map(({ normal, corners: chosen }) => {
    const outline = chosen.map((index) => pixels[index] ?? ([0, 0] as const));
    const light = lightOn(view, normal) * (isSoft ? 0.6 : 1) + (isSoft ? 0.38 : 0);
    const heights = outline.map(([, y]) => y);
    const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
    const fall = normal[1] === 0 ? [1.05, 0.86] : [0.97, 1.04];
    const paint = linearGradient(
      view,
      [0, top],
      [0, bottom],
      [
        [0, shade(colour, light * (fall[0] ?? 1))],
        [1, shade(colour, light * (fall[1] ?? 1))],
      ],
    );
    const edge =
      normal[1] > 0 ? ` stroke="${shade(colour, 1.25)}" stroke-opacity="0.55" stroke-width="${short(Math.max(0.4, scale * 0.004))}"` : "";
    return `${paint.svg}<path d="${toRoundedPath(outline, radius)}" fill="${paint.fill}"${edge}/>`;
  });
  return silhouette + drawn.join("");
}
