import { type Placement, type Point, placedPoint, placedView, type View } from "./view.ts";

/** Something to draw that fills a box in space. */
export interface Part {
  readonly low: Point;
  readonly high: Point;
  /** Its SVG elements. */
  draw(view: View): string;
}

const axes = [0, 1, 2] as const;
const slack = 0.001;

/** The SVG of parts, the hidden ones first. Parts whose boxes overlap keep their order. */
export function drawParts(parts: readonly Part[], view: View): string {
  const waiting = [...parts];
  const drawn: string[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex((part, index) =>
      waiting.every((other, place) => place === index || !mustComeFirst(other, part, place < index)),
    );
    const [next] = waiting.splice(Math.max(0, free), 1);
    if (next) drawn.push(next.draw(view));
  }
  return drawn.join("");

  function mustComeFirst(other: Part, part: Part, listedFirst: boolean): boolean {
    const hidesOther = canHide(part, other, view.eye);
    return hidesOther && (listedFirst || !canHide(other, part, view.eye));
  }
}

/** Parts as one part, standing somewhere. */
export function placed(parts: readonly Part[], placement: Placement): Part {
  const corners = parts.flatMap(({ low, high }) =>
    [low[0], high[0]].flatMap((right) => [low[2], high[2]].flatMap((away) => [low[1], high[1]].map((up): Point => [right, up, away]))),
  );
  const inScene = corners.map((corner) => placedPoint(corner, placement));
  const bound = (choose: (...values: number[]) => number, axis: 0 | 1 | 2) => choose(...inScene.map((point) => point[axis]));
  return {
    low: [bound(Math.min, 0), bound(Math.min, 1), bound(Math.min, 2)],
    high: [bound(Math.max, 0), bound(Math.max, 1), bound(Math.max, 2)],
    draw: (view) => drawParts(parts, placedView(view, placement)),
  };
}

// A plane between two boxes with the eye on one side: what is on the eye's side is never hidden by the rest.
function canHide(one: Part, other: Part, eye: Point): boolean {
  return !axes.some(
    (axis) =>
      (other.high[axis] <= one.low[axis] + slack && eye[axis] <= one.low[axis] + slack) ||
      (one.high[axis] <= other.low[axis] + slack && eye[axis] >= one.high[axis] - slack),
  );
}
