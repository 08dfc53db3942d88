import type { Pixel } from "./view.ts";

/** The SVG path data of a closed outline. */
export function toPath(pixels: readonly Pixel[]): string {
  return `M${pixels.map(([x, y]) => `${short(x)} ${short(y)}`).join("L")}Z`;
}

/** The SVG path data of a closed outline whose corners are rounded by `radius` pixels, less where a side is too short. */
export function toRoundedPath(pixels: readonly Pixel[], radius: number): string {
  const corners = pixels.map((corner, index) => {
    const before = pixels[(index + pixels.length - 1) % pixels.length] ?? corner;
    const after = pixels[(index + 1) % pixels.length] ?? corner;
    const [start, end] = [towards(corner, before, radius), towards(corner, after, radius)];
    return `${short(start[0])} ${short(start[1])}Q${short(corner[0])} ${short(corner[1])} ${short(end[0])} ${short(end[1])}`;
  });
  return `M${corners.join("L")}Z`;
}

/** The outline around all of these points. */
export function hull(pixels: readonly Pixel[]): Pixel[] {
  const sorted = [...pixels].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const half = (points: readonly Pixel[]) => {
    const chain: Pixel[] = [];
    for (const point of points) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** A number as short as a picture needs it. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function towards(from: Pixel, to: Pixel, distance: number): Pixel {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const share = Math.min(distance / length, 0.48);
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function turn(one: Pixel = [0, 0], other: Pixel = [0, 0], next: Pixel = [0, 0]): number {
  return (other[0] - one[0]) * (next[1] - one[1]) - (other[1] - one[1]) * (next[0] - one[0]);
}
