import { type Colour, shade } from "./colour.ts";
import { blur, linearGradient } from "./gradient.ts";
import { short, toPath } from "./path.ts";
import { type Pixel, type Placement, type Point, placedPoint, type View } from "./view.ts";

/** What covers a piece of the floor, in metres around where it lies. */
export interface Footprint extends Placement {
  readonly width: number;
  readonly depth: number;
  readonly round?: boolean;
}

/** The soft shadow of something that stands on the floor; `strength` 0 to 1. */
export function floorShadow(view: View, footprint: Footprint, strength: number): string {
  const scale = view.pixelsPerMetre([0, 0, footprint.away]);
  const away = { ...footprint, right: footprint.right - view.lightSide * 0.1 };
  const layer = (area: Footprint, grow: number, metres: number, share: number) => {
    const pixels = outline(view, area, grow);
    const soft = blur(view, scale * metres, pixels);
    return `${soft.svg}<path d="${toPath(pixels)}" fill="#14100c" fill-opacity="${short(strength * share)}" filter="${soft.filter}"/>`;
  };
  return layer(away, 0.06, 0.13, 0.42) + layer(footprint, -0.02, 0.035, 0.6);
}

/** How a rug looks. */
export interface RugLook {
  readonly colour: Colour;
  readonly detail: Colour;
  readonly pattern: "border" | "stripes" | "plain" | "diamonds";
}

/** A rug, with a hint of its thickness and its pile. */
export function rug(view: View, footprint: Footprint, { colour, detail, pattern }: RugLook): string {
  const edge = outline(view, footprint, 0);
  const [top, bottom] = [Math.min(...edge.map(([, y]) => y)), Math.max(...edge.map(([, y]) => y))];
  const paint = linearGradient(
    view,
    [0, top],
    [0, bottom],
    [
      [0, shade(colour, 0.86)],
      [1, shade(colour, 1.02)],
    ],
  );
  const scale = view.pixelsPerMetre([0, 0, footprint.away]);
  const shadow = blur(view, scale * 0.02, edge);
  const under = `${shadow.svg}<path d="${toPath(outline(view, footprint, 0.012))}" fill="#14100c" fill-opacity="0.4" filter="${shadow.filter}"/>`;
  const side = `<path d="${toPath(edge.map(([x, y]): Pixel => [x, y + scale * 0.012]))}" fill="${shade(colour, 0.62)}"/>`;
  return `${under}${side}${paint.svg}<path d="${toPath(edge)}" fill="${paint.fill}"/>${decorate(view, footprint, detail, pattern, scale)}`;
}

function decorate(view: View, footprint: Footprint, detail: Colour, pattern: RugLook["pattern"], scale: number): string {
  const { width, depth, round } = footprint;
  const line = (points: readonly Point[], thickness: number) => {
    const path = points.map((point) => view.toPixel(placedPoint(point, footprint)).map(short).join(" "));
    return `<path d="M${path.join("L")}" fill="none" stroke="${detail}" stroke-opacity="0.55" stroke-width="${short(scale * thickness)}"/>`;
  };
  const ring = (inset: number, thickness: number) =>
    `<path d="${toPath(outline(view, footprint, -inset))}" fill="none" stroke="${detail}" stroke-opacity="0.6" stroke-width="${short(scale * thickness)}"/>`;
  if (pattern === "plain") return ring(0.05, 0.008);
  if (round || pattern === "border") return ring(0.12, 0.03) + ring(0.2, 0.01);
  if (pattern === "stripes") {
    const places = Array.from({ length: 9 }, (_, step) => -depth / 2 + (depth * (step + 0.5)) / 9);
    return places
      .map((away, step) =>
        line(
          [
            [-width / 2, 0, away],
            [width / 2, 0, away],
          ],
          step % 2 ? 0.012 : 0.03,
        ),
      )
      .join("");
  }
  const steps = 6;
  return [-1, 0, 1]
    .map((row) => {
      const zigzag = (side: number) =>
        Array.from(
          { length: steps * 2 + 1 },
          (_, step): Point => [
            -width / 2 + 0.08 + ((width - 0.16) * step) / (steps * 2),
            0,
            (row * depth) / 3.2 + (step % 2 ? side : -side) * depth * 0.1,
          ],
        );
      return line(zigzag(1), 0.012) + line(zigzag(-1), 0.012);
    })
    .join("");
}

function outline(view: View, footprint: Footprint, grow: number): Pixel[] {
  const [right, away] = [footprint.width / 2 + grow, footprint.depth / 2 + grow];
  const points: Point[] = footprint.round
    ? Array.from({ length: 48 }, (_, step) => [right * Math.cos((step / 24) * Math.PI), 0, away * Math.sin((step / 24) * Math.PI)])
    : [
        [-right, 0, away],
        [right, 0, away],
        [right, 0, -away],
        [-right, 0, -away],
      ];
  return points.map((point) => view.toPixel(placedPoint(point, footprint)));
}
