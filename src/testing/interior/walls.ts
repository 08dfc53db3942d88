import { mix, shade } from "../drawing/colour.ts";
import { createRandom } from "../drawing/random.ts";
import type { Point, View } from "../drawing/view.ts";
import { type RoomShell, type Wall, wallPoint } from "./room-shell.ts";
import { clipped, shadedShape, shape } from "./shape.ts";

const near = 1.4;

/** The ceiling and the walls of a room, without what is in them. */
export function walls(view: View, shell: RoomShell): string {
  const { left, right, depth, height, wall } = shell;
  const back = shell.backWall ?? wall;
  const from = (name: Wall) => shell.windows.some((window) => window.wall === name);
  const sideLight = (name: "left" | "right") => (from(name) ? 0.8 : from(name === "left" ? "right" : "left") ? 1.03 : 0.93);
  const ceiling = shadedShape(
    view,
    [
      [left, height, near],
      [right, height, near],
      [right, height, depth],
      [left, height, depth],
    ],
    [0, height, depth],
    [0, height, 2.6],
    [
      [0, shade(mix("#f7f5f0", wall, 0.12), 0.98)],
      [1, shade(mix("#f3f0ea", wall, 0.16), 0.86)],
    ],
  );
  const outline: Point[] = [
    [left, 0, depth],
    [right, 0, depth],
    [right, height, depth],
    [left, height, depth],
  ];
  const [lit, dark]: [Point, Point] =
    view.lightSide < 0
      ? [
          [left, 1, depth],
          [right, 1, depth],
        ]
      : [
          [right, 1, depth],
          [left, 1, depth],
        ];
  const backWall = shadedShape(view, outline, lit, dark, [
    [0, shade(back, from("back") ? 0.96 : 1.04)],
    [1, shade(back, from("back") ? 0.9 : 0.88)],
  ]);
  const texture = shell.backWallKind === "bricks" ? clipped(view, [outline], bricks(view, shell)) : "";
  const sides = (["left", "right"] as const).map((name) => {
    const light = sideLight(name);
    const corners = [near, depth].flatMap((along, index) => {
      const pair = [wallPoint(shell, name, along, 0), wallPoint(shell, name, along, height)];
      return index ? pair.reverse() : pair;
    });
    const swapped = [corners[0], corners[1], corners[2], corners[3]].filter((corner) => corner !== undefined);
    return shadedShape(view, swapped, wallPoint(shell, name, depth, 1), wallPoint(shell, name, 2.4, 1), [
      [0, shade(wall, light)],
      [0.5, shade(wall, light * 0.97)],
      [1, shade(wall, light * 0.86)],
    ]);
  });
  return ceiling + backWall + texture + sides.join("") + corners(view, shell);
}

// Where surfaces meet, less light arrives.
function corners(view: View, { left, right, depth, height }: RoomShell): string {
  const reach = 0.55;
  const strip = (edge: readonly [Point, Point], inwards: Point, opacity: number) => {
    const moved = edge.map((point): Point => [point[0] + inwards[0], point[1] + inwards[1], point[2] + inwards[2]]);
    // Measured straight before the camera, where the way across the strip is straight in the image too.
    const middle: Point = edge[0][0] === edge[1][0] ? [edge[0][0], 1.3, depth] : [0, edge[0][1], depth];
    const end: Point = [middle[0] + inwards[0], middle[1] + inwards[1], middle[2] + inwards[2]];
    return shadedShape(view, [...edge, ...moved.reverse()], middle, end, [
      [0, "#2a2520", opacity],
      [0.3, "#2a2520", opacity * 0.4],
      [1, "#2a2520", 0],
    ]);
  };
  const sides = [left, right].flatMap((x) => {
    const inwards = x < 0 ? reach : -reach;
    const upright: readonly [Point, Point] = [
      [x, 0, depth],
      [x, height, depth],
    ];
    return [strip(upright, [inwards, 0, 0], 0.16), strip(upright, [0, 0, -reach], 0.16)];
  });
  const along = (up: number): readonly [Point, Point] => [
    [left, up, depth],
    [right, up, depth],
  ];
  return [
    ...sides,
    strip(along(height), [0, -reach, 0], 0.12),
    strip(along(height), [0, 0, -reach], 0.1),
    strip(along(0), [0, reach, 0], 0.12),
  ].join("");
}

function bricks(view: View, shell: RoomShell): string {
  const random = createRandom(shell.seed, 5);
  const [width, height, joint] = [0.25, 0.078, 0.006];
  const base = shell.backWall ?? shell.wall;
  const drawn: string[] = [];
  for (let row = 0; row * height < shell.height; row++) {
    for (let right = shell.left - (row % 2 ? width / 2 : 0); right < shell.right; right += width) {
      const [low, high] = [row * height + joint, (row + 1) * height - joint];
      const corner = (x: number, up: number): Point => [x, up, shell.depth];
      const face = [
        corner(right + joint, low),
        corner(right + width - joint, low),
        corner(right + width - joint, high),
        corner(right + joint, high),
      ];
      drawn.push(shape(view, face, shade(base, random.between(0.86, 1.12)), `fill-opacity="${random.pick([0.35, 0.55, 0.75])}"`));
    }
  }
  const grain = shade(base, 0.8);
  return (
    shape(
      view,
      [
        [shell.left, 0, shell.depth],
        [shell.right, 0, shell.depth],
        [shell.right, shell.height, shell.depth],
        [shell.left, shell.height, shell.depth],
      ],
      grain,
      'fill-opacity="0.35"',
    ) + drawn.join("")
  );
}
