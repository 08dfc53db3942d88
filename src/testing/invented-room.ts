import { box } from "./drawing/box.ts";
import { type Colour, shade } from "./drawing/colour.ts";
import { blur, linearGradient } from "./drawing/gradient.ts";
import { drawParts } from "./drawing/part.ts";
import { short } from "./drawing/path.ts";
import { createRandom, type Random } from "./drawing/random.ts";
import { findRoom } from "./drawing/room-words.ts";
import type { Pixel, View } from "./drawing/view.ts";
import { floorCovering } from "./interior/floor-covering.ts";
import type { RoomShell, Window } from "./interior/room-shell.ts";
import { roomSvg } from "./interior/room-svg.ts";

/** The SVG elements of an empty room for an image without a photo, as the prompt, the seed and the index choose it. */
export function inventedRoom(
  view: View,
  { prompt, seed, index }: { prompt: string; seed: number; index: number },
  width: number,
  height: number,
): string {
  const random = createRandom(seed, index, 1);
  const kind = findRoom(prompt);
  const boards = random.pick(["#c09468", "#a37a54", "#cfae84", "#8f6a4a"]);
  const isWet = kind === "kitchen" || kind === "bathroom";
  const floor: RoomShell["floor"] = isWet
    ? { kind: "tiles", colour: random.pick(["#d9d1c4", "#cfd2cf"]), second: random.pick(["#c6bdae", "#b9bdb9"]) }
    : { kind: random.pick(["boards", "herringbone"]), colour: boards, second: shade(boards, 0.88) };
  const wall = random.pick(["#e6dfd2", "#dfe0dc", "#e3d8cb", "#d5dad6", "#e9e4da"]);
  const shell: RoomShell = {
    left: -2.9,
    right: 2.9,
    depth: 5.4,
    height: 2.65,
    wall,
    backWall: random.pick([wall, wall, "#b4bfb4", "#c9b6a4", "#aab6bd"]),
    skirting: shade(wall, 1.1),
    floor,
    windows: [inventedWindow(view.lightSide, random)],
    sun: [-view.lightSide * 0.5, -0.7],
    parts: pictureFrames(view.lightSide, random),
    seed: seed + index,
  };
  return kind === "outdoor"
    ? terrace(view, { ...shell, floor: { kind: "boards", colour: boards, second: shade(boards, 0.9) } }, random, width, height)
    : roomSvg(view, shell, width, height);
}

function inventedWindow(side: -1 | 1, random: Random): Window {
  const middle = side * random.between(1.35, 1.6);
  const half = random.between(0.6, 0.8);
  const outlook = random.pick(["garden", "city", "sea"]);
  return {
    wall: "back",
    from: middle - half,
    to: middle + half,
    low: random.pick([0.5, 0.85]),
    high: 2.25,
    panes: 2,
    barAt: 0.3,
    frame: "#f4f1ea",
    outlook,
  };
}

function pictureFrames(side: -1 | 1, random: Random) {
  const colours: readonly [Colour, ...Colour[]] = ["#c98f6b", "#7f9aa3", "#d8b25c", "#8fa58b", "#54606b"];
  const frame = random.pick(["#2f2d2b", "#b08a5e", "#f1eee8"]);
  return [-0.42, 0.42].flatMap((offset) => {
    const right = -side * 0.75 + offset;
    return [
      box({ right, up: 1.3, away: 5.38, width: 0.58, depth: 0.03, height: 0.76, colour: frame }),
      box({ right, up: 1.33, away: 5.362, width: 0.52, depth: 0.004, height: 0.7, colour: "#f3efe7" }),
      box({ right, up: 1.45, away: 5.358, width: 0.34, depth: 0.003, height: 0.46, colour: random.pick(colours) }),
      box({
        right: right + 0.03,
        up: 1.45,
        away: 5.355,
        width: 0.28,
        depth: 0.002,
        height: random.between(0.12, 0.3),
        colour: random.pick(colours),
      }),
    ];
  });
}

function terrace(view: View, shell: RoomShell, random: Random, width: number, height: number): string {
  const wide = { ...shell, left: -7, right: 7, depth: 6 };
  const unit = view.pixelsPerMetre([0, 0, 6]);
  const horizon = view.toPixel([0, 0.9, 6])[1];
  const all: Pixel[] = [
    [0, 0],
    [width, height],
  ];
  const soft = blur(view, unit * 0.03, all);
  const trees = Array.from({ length: 90 }, (_, index) => {
    const [x, y] = [random.between(0, width), horizon - unit * random.between(-0.2, 1.5) * (1 - index / 120)];
    const size = unit * random.between(0.2, 0.5);
    return `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(size)}" ry="${short(size * 0.8)}" fill="${shade(random.pick(["#8fae7c", "#7a9d6b", "#a3bb88", "#6b8f62"]), 1.15 - index / 300)}"/>`;
  });
  const sky = linearGradient(
    view,
    [0, 0],
    [0, horizon],
    [
      [0, "#a9cdea"],
      [1, "#f3efe2"],
    ],
  );
  const rails = Array.from({ length: 5 }, (_, row) =>
    box({ up: 0.12 + row * 0.19, away: 5.95, width: 14, depth: 0.03, height: 0.15, colour: "#b3906a" }),
  );
  return [
    `${sky.svg}<rect width="${short(width)}" height="${short(height)}" fill="${sky.fill}"/>`,
    `${soft.svg}<g filter="${soft.filter}">${trees.join("")}</g>`,
    `<rect y="${short(horizon)}" width="${short(width)}" height="${short(height)}" fill="#6f8f5f"/>`,
    drawParts(rails, view),
    floorCovering(view, wide),
  ].join("");
}
