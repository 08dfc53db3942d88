import { type Colour, mix, shade } from "../drawing/colour.ts";
import { blur } from "../drawing/gradient.ts";
import { short } from "../drawing/path.ts";
import { createRandom, type Random } from "../drawing/random.ts";
import type { Point, View } from "../drawing/view.ts";
import type { RoomShell } from "./room-shell.ts";
import { clipped, shadedShape, shape } from "./shape.ts";

const near = 1.7;

/** The floor of a room as one outline. */
export function floorOutline({ left, right, depth }: Pick<RoomShell, "left" | "right" | "depth">): Point[] {
  return [
    [left, 0, near],
    [right, 0, near],
    [right, 0, depth],
    [left, 0, depth],
  ];
}

/** The floor covering of a room. */
export function floorCovering(view: View, shell: RoomShell): string {
  const { colour, second, kind } = shell.floor;
  const outline = floorOutline(shell);
  const draw = { boards, herringbone, tiles, concrete }[kind];
  const base = shape(view, outline, mix(colour, second, 0.5));
  const light = shadedShape(
    view,
    outline,
    [0, 0, shell.depth],
    [0, 0, near + 0.7],
    [
      [0, "#fff4e0", 0.16],
      [0.35, "#fff4e0", 0.02],
      [1, "#1c140c", 0.26],
    ],
  );
  return clipped(view, [outline], base + draw(view, shell, createRandom(shell.seed, 11)) + light);
}

function tone(random: Random, colour: Colour, second: Colour): Colour {
  return shade(mix(colour, second, random.between(0, 1)), random.between(0.93, 1.05));
}

function seam(colour: Colour, width: number): string {
  return `stroke="${shade(colour, 0.55)}" stroke-opacity="0.5" stroke-width="${width}"`;
}

function boards(view: View, shell: RoomShell, random: Random): string {
  const { colour, second } = shell.floor;
  const width = 0.16;
  const drawn: string[] = [];
  for (let start = shell.left; start < shell.right; start += width) {
    let from = near - random.between(0, 1.4);
    while (from < shell.depth) {
      const to = Math.min(shell.depth, from + random.between(1.1, 1.9));
      const begin = Math.max(near, from);
      from += to - from;
      if (to <= begin) continue;
      const board = tone(random, colour, second);
      drawn.push(
        shape(
          view,
          [
            [start, 0, begin],
            [start + width, 0, begin],
            [start + width, 0, to],
            [start, 0, to],
          ],
          board,
          seam(colour, 0.7),
        ),
      );
      for (let line = 0; line < 3; line++) {
        const [across, bend] = [start + random.between(0.02, width - 0.02), random.between(-0.012, 0.012)];
        const [one, half, two] = [
          view.toPixel([across, 0, begin]),
          view.toPixel([across + bend, 0, (begin + to) / 2]),
          view.toPixel([across, 0, to]),
        ];
        const path = `M${one.map(short).join(" ")}Q${half.map(short).join(" ")} ${two.map(short).join(" ")}`;
        drawn.push(
          `<path d="${path}" fill="none" stroke="${shade(board, 0.72)}" stroke-opacity="${short(random.between(0.12, 0.34))}" stroke-width="0.9"/>`,
        );
      }
    }
  }
  return drawn.join("");
}

// On a grid of the blocks' width a row holds a lying block from every 2n-th diagonal place on, a column a standing one in between.
function herringbone(view: View, shell: RoomShell, random: Random): string {
  const { colour, second } = shell.floor;
  const [unit, count] = [0.11, 5];
  const middle = [(shell.left + shell.right) / 2, (near + shell.depth) / 2] as const;
  const reach = Math.ceil(Math.hypot(shell.right - shell.left, shell.depth - near) / 2 / unit) + count;
  const drawn: string[] = [];
  const block = (x: number, y: number, width: number, height: number, light: number) => {
    const corner = (across: number, along: number): Point => [
      middle[0] + (across - along) * unit * Math.SQRT1_2,
      0,
      middle[1] + (across + along) * unit * Math.SQRT1_2,
    ];
    const corners = [corner(x, y), corner(x + width, y), corner(x + width, y + height), corner(x, y + height)];
    const isSeen =
      corners.every((point) => point[2] > near - 0.45) &&
      corners.some((point) => point[0] > shell.left && point[0] < shell.right && point[2] < shell.depth);
    if (isSeen) drawn.push(shape(view, corners, shade(tone(random, colour, second), light), seam(colour, 0.8)));
  };
  for (let row = -reach; row <= reach; row++) {
    for (let step = -reach; step <= reach; step += 1) {
      const phase = (((step - row) % (2 * count)) + 2 * count) % (2 * count);
      if (phase === 0) block(step, row, count, 1, 1.03);
      if (phase === count) block(step, row - count + 1, 1, count, 0.96);
    }
  }
  return drawn.join("");
}

function tiles(view: View, shell: RoomShell, random: Random): string {
  const { colour, second } = shell.floor;
  const size = 0.45;
  const drawn: string[] = [];
  for (let right = Math.floor(shell.left / size); right * size < shell.right; right++) {
    for (let away = Math.floor(near / size); away * size < shell.depth; away++) {
      const [x, z, gap] = [right * size, Math.max(near, away * size), 0.004];
      const plain = (right + away) % 2 ? colour : second;
      drawn.push(
        shape(
          view,
          [
            [x + gap, 0, z + gap],
            [x + size - gap, 0, z + gap],
            [x + size - gap, 0, (away + 1) * size - gap],
            [x + gap, 0, (away + 1) * size - gap],
          ],
          shade(plain, random.between(0.96, 1.03)),
          `stroke="${shade(colour, 0.7)}" stroke-opacity="0.6" stroke-width="0.8"`,
        ),
      );
    }
  }
  return drawn.join("");
}

function concrete(view: View, shell: RoomShell, random: Random): string {
  const soft = blur(view, view.pixelsPerMetre([0, 0, 4]) * 0.12, floorOutline(shell).map(view.toPixel));
  const patches = Array.from({ length: 60 }, () => {
    const away = random.between(near + 0.4, shell.depth);
    const [x, y] = view.toPixel([random.between(shell.left, shell.right), 0, away]);
    const size = view.pixelsPerMetre([0, 0, away]) * random.between(0.15, 0.6);
    const colour = shade(mix(shell.floor.colour, shell.floor.second, random.between(0, 1)), random.between(0.9, 1.08));
    return `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(size)}" ry="${short(size * 0.3)}" fill="${colour}" fill-opacity="0.5"/>`;
  });
  const joints = [-0.9, 1.6].map((right) =>
    shape(
      view,
      [
        [right, 0, near],
        [right + 0.008, 0, near],
        [right + 0.008, 0, shell.depth],
        [right, 0, shell.depth],
      ],
      shade(shell.floor.colour, 0.6),
    ),
  );
  return `${soft.svg}<g filter="${soft.filter}">${patches.join("")}</g>${joints.join("")}`;
}
