import type { Colour } from "../drawing/colour.ts";
import type { Part } from "../drawing/part.ts";
import type { Point } from "../drawing/view.ts";

/** The three walls that a camera in the room sees. */
export type Wall = "back" | "left" | "right";

/** A piece of a wall in metres: along the wall (to the right on the back wall, away from the camera on the others) and up from the floor. */
export interface WallArea {
  readonly wall: Wall;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** A window, its panes side by side. */
export interface Window extends WallArea {
  readonly panes: number;
  /** A bar across, this share of the height from the top. Default none. */
  readonly barAt?: number;
  readonly frame: Colour;
  readonly outlook: "garden" | "city" | "sea";
}

/** A closed door. */
export interface Door extends Omit<WallArea, "low"> {
  readonly colour: Colour;
  readonly panels: 1 | 2 | 4;
}

/** An empty room, in metres from the camera's foot. */
export interface RoomShell {
  readonly left: number;
  readonly right: number;
  readonly depth: number;
  readonly height: number;
  readonly wall: Colour;
  /** The colour of the back wall where it differs. */
  readonly backWall?: Colour;
  /** Default a smooth wall. */
  readonly backWallKind?: "bricks";
  readonly skirting: Colour;
  readonly floor: { readonly kind: "boards" | "herringbone" | "tiles" | "concrete"; readonly colour: Colour; readonly second: Colour };
  readonly windows: readonly Window[];
  readonly doors?: readonly Door[];
  /** Radiators on the back wall: the middle and the width. */
  readonly radiators?: readonly { readonly at: number; readonly width: number }[];
  /** Where the sun stands: how far its light moves to the right and away from the camera for each metre that it falls. */
  readonly sun: readonly [right: number, away: number];
  /** What is built in. */
  readonly parts?: readonly Part[];
  /** Tells boards and bricks of one room from those of another. */
  readonly seed: number;
}

/** A point on a wall; `out` is how far it stands out into the room, below 0 how deep it lies in a recess. */
export function wallPoint(shell: RoomShell, wall: Wall, along: number, up: number, out = 0): Point {
  if (wall === "back") return [along, up, shell.depth - out];
  return wall === "left" ? [shell.left + out, up, along] : [shell.right - out, up, along];
}

/** The four corners of an area of a wall, from its lower start around by the lower end. */
export function areaCorners(shell: RoomShell, { wall, from, to, low, high }: WallArea, out = 0): [Point, Point, Point, Point] {
  return [
    wallPoint(shell, wall, from, low, out),
    wallPoint(shell, wall, to, low, out),
    wallPoint(shell, wall, to, high, out),
    wallPoint(shell, wall, from, high, out),
  ];
}
