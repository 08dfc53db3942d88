/** A place in metres: to the right, up from the floor, and away from the camera. */
export type Point = readonly [right: number, up: number, away: number];

/** A place in the image, in pixels from its upper left corner. */
export type Pixel = readonly [x: number, y: number];

/** Where something stands: metres from the camera's foot, and degrees turned. Unturned it faces the camera, at 90 it faces left. */
export interface Placement {
  readonly right: number;
  readonly away: number;
  /** Default 0. */
  readonly up?: number;
  /** Default 0. */
  readonly turn?: number;
}

/** How a scene is seen: camera, light, and names for gradients. */
export interface View {
  /** Where the camera is. */
  readonly eye: Point;
  /** The direction towards the light, of length 1. */
  readonly light: Point;
  /** Whether the light comes from the left (-1) or the right (1) of the image. */
  readonly lightSide: -1 | 1;
  toPixel(point: Point): Pixel;
  /** How many pixels a metre takes up at this point. */
  pixelsPerMetre(point: Point): number;
  /** A name not yet used in this image. */
  nextId(): string;
}

const eyeHeight = 1.3;
const light: Point = [0.5, 0.76, 0.42];

/**
 * A camera at 1.3 metres that looks straight ahead, as photos of rooms are taken: a wall 5.2 metres away meets the floor at about 70 % of the
 * image's height, whatever its aspect ratio.
 */
export function createView(options: { width: number; height: number; lightSide: -1 | 1; idPrefix?: string }): View {
  const { width, height, lightSide } = options;
  const ratio = Math.min(1.5, width / height);
  const focal = height * (0.5 + 0.35 * ratio);
  const horizon = height * (0.6 - 0.09 * ratio);
  const pixelsPerMetre = (point: Point) => focal / Math.max(0.2, point[2]);
  let names = 0;
  return {
    eye: [0, eyeHeight, 0],
    light: [light[0] * lightSide, light[1], -light[2]],
    lightSide,
    pixelsPerMetre,
    toPixel: (point) => [width / 2 + point[0] * pixelsPerMetre(point), horizon + (eyeHeight - point[1]) * pixelsPerMetre(point)],
    nextId: () => `${options.idPrefix ?? "g"}${names++}`,
  };
}

/** Half of what the view shows at this distance, in metres. */
export function visibleHalfWidth(view: View, away: number, width: number): number {
  return width / 2 / view.pixelsPerMetre([0, 0, away]);
}

/** The view from within something placed in the scene, whose own points count from where it stands. */
export function placedView(view: View, placement: Placement): View {
  const rotate = rotation(placement.turn ?? 0);
  const back = rotation(-(placement.turn ?? 0));
  const origin: Point = [placement.right, placement.up ?? 0, placement.away];
  const outward = (point: Point): Point => add(rotate(point), origin);
  return {
    eye: back([view.eye[0] - origin[0], view.eye[1] - origin[1], view.eye[2] - origin[2]]),
    light: back(view.light),
    lightSide: view.lightSide,
    toPixel: (point) => view.toPixel(outward(point)),
    pixelsPerMetre: (point) => view.pixelsPerMetre(outward(point)),
    nextId: view.nextId,
  };
}

/** Where a point of something placed in the scene lies in the scene. */
export function placedPoint(point: Point, placement: Placement): Point {
  return add(rotation(placement.turn ?? 0)(point), [placement.right, placement.up ?? 0, placement.away]);
}

function rotation(degrees: number): (point: Point) => Point {
  const sine = Math.sin((degrees * Math.PI) / 180);
  const cosine = Math.cos((degrees * Math.PI) / 180);
  return ([right, up, away]) => [cosine * right + sine * away, up, cosine * away - sine * right];
}

function add(one: Point, other: Point): Point {
  return [one[0] + other[0], one[1] + other[1], one[2] + other[2]];
}
