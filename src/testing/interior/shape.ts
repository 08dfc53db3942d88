import { blur, linearGradient, type Stop } from "../drawing/gradient.ts";
import { toPath } from "../drawing/path.ts";
import type { Point, View } from "../drawing/view.ts";

/** A flat outline in space, filled; `extra` holds more SVG attributes. */
export function shape(view: View, points: readonly Point[], fill: string, extra = ""): string {
  return `<path d="${toPath(points.map(view.toPixel))}" fill="${fill}"${extra && ` ${extra}`}/>`;
}

/** A flat outline in space, filled by a gradient from one point to another. */
export function shadedShape(view: View, points: readonly Point[], from: Point, to: Point, stops: readonly Stop[]): string {
  const paint = linearGradient(view, view.toPixel(from), view.toPixel(to), stops);
  return paint.svg + shape(view, points, paint.fill);
}

/** A blurred outline in space; `blurMetres` as seen at its first point. */
export function softShape(view: View, points: readonly Point[], fill: string, opacity: number, blurMetres: number): string {
  const soft = blur(view, blurMetres * view.pixelsPerMetre(points[0] ?? [0, 0, 1]), points.map(view.toPixel));
  return soft.svg + shape(view, points, fill, `fill-opacity="${opacity}" filter="${soft.filter}"`);
}

/** SVG elements, seen only within these outlines. */
export function clipped(view: View, outlines: readonly (readonly Point[])[], elements: string): string {
  const id = view.nextId();
  const paths = outlines.map((points) => `<path d="${toPath(points.map(view.toPixel))}"/>`).join("");
  return `<clipPath id="${id}">${paths}</clipPath><g clip-path="url(#${id})">${elements}</g>`;
}
