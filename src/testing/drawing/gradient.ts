import { short } from "./path.ts";
import type { Pixel, View } from "./view.ts";

/** Where along a gradient which colour lies. */
export type Stop = readonly [at: number, colour: string, opacity?: number];

/** A gradient: its element, to stand before what uses it, and the value for `fill`. */
export interface Gradient {
  readonly svg: string;
  readonly fill: string;
}

/** A gradient from one pixel to another. */
export function linearGradient(view: View, from: Pixel, to: Pixel, stops: readonly Stop[]): Gradient {
  const id = view.nextId();
  const ends = `x1="${short(from[0])}" y1="${short(from[1])}" x2="${short(to[0])}" y2="${short(to[1])}"`;
  return {
    svg: `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${ends}>${toStops(stops)}</linearGradient>`,
    fill: `url(#${id})`,
  };
}

/** A gradient around a pixel, `radius` pixels wide; `squash` makes it lower than wide. */
export function radialGradient(view: View, centre: Pixel, radius: number, stops: readonly Stop[], squash = 1): Gradient {
  const id = view.nextId();
  const place = `translate(${short(centre[0])} ${short(centre[1])}) scale(1 ${short(squash)})`;
  const circle = `cx="0" cy="0" r="${short(radius)}" gradientTransform="${place}"`;
  return {
    svg: `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" ${circle}>${toStops(stops)}</radialGradient>`,
    fill: `url(#${id})`,
  };
}

/** A blur by so many pixels of what lies within these points: its element, to stand before what uses it, and the value for `filter`. */
export function blur(view: View, pixels: number, around: readonly Pixel[]): { readonly svg: string; readonly filter: string } {
  const id = view.nextId();
  // In pixels, because a region in shares of a thin shape cuts its blur off; narrow, because blurs take time.
  const [xs, ys] = [around.map(([x]) => x), around.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs) - 3 * pixels, Math.min(...ys) - 3 * pixels];
  const size = `width="${short(Math.max(...xs) + 3 * pixels - left)}" height="${short(Math.max(...ys) + 3 * pixels - top)}"`;
  const region = `filterUnits="userSpaceOnUse" x="${short(left)}" y="${short(top)}" ${size}`;
  return { svg: `<filter id="${id}" ${region}><feGaussianBlur stdDeviation="${short(pixels)}"/></filter>`, filter: `url(#${id})` };
}

function toStops(stops: readonly Stop[]): string {
  return stops
    .map(([at, colour, opacity = 1]) => `<stop offset="${short(at)}" stop-color="${colour}" stop-opacity="${short(opacity)}"/>`)
    .join("");
}
