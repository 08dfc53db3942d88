import { box } from "../drawing/box.ts";
import { type Colour, shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import type { Part } from "../drawing/part.ts";
import type { Random } from "../drawing/random.ts";

/** A sideboard with doors, on legs, in metres. */
export function sideboard(width: number, height: number, colour: Colour, legs: Colour): Part[] {
  const doors = Math.max(2, Math.round(width / 0.5));
  const doorWidth = (width - 0.04) / doors;
  return [
    ...[-1, 1].flatMap((side) =>
      [-1, 1].map((end) =>
        cylinder({ right: side * (width / 2 - 0.1), away: end * 0.15, radius: 0.014, topRadius: 0.022, height: 0.16, colour: legs }),
      ),
    ),
    box({ up: 0.16, width, depth: 0.42, height: height - 0.16, colour: shade(colour, 0.9), soft: 0.008 }),
    ...Array.from({ length: doors }, (_, index) =>
      box({
        right: (index - (doors - 1) / 2) * doorWidth,
        up: 0.185,
        away: -0.217,
        width: doorWidth - 0.012,
        depth: 0.014,
        height: height - 0.21,
        colour: shade(colour, 1.05),
      }),
    ),
    ...Array.from({ length: doors }, (_, index) =>
      box({
        right: (index - (doors - 1) / 2) * doorWidth + (index % 2 ? -1 : 1) * doorWidth * 0.38,
        up: height - 0.2,
        away: -0.233,
        width: 0.012,
        depth: 0.016,
        height: 0.1,
        colour: legs,
      }),
    ),
  ];
}

/** An open shelf with books and bowls, in metres. */
export function bookshelf(width: number, height: number, colour: Colour, books: readonly [Colour, ...Colour[]], random: Random): Part[] {
  const levels = Math.max(2, Math.round(height / 0.36));
  const gap = (height - 0.03) / levels;
  const rows = Array.from({ length: levels }, (_, level) => fillShelf(level * gap + 0.03, gap, width - 0.08, books, random)).flat();
  return [
    box({ away: 0.15, width: width - 0.02, depth: 0.015, height, colour: shade(colour, 0.72) }),
    ...[-1, 1].map((side) => box({ right: side * (width / 2 - 0.0125), width: 0.025, depth: 0.32, height: height - 0.025, colour })),
    ...Array.from({ length: levels }, (_, level) =>
      box({ up: level * gap, width: width - 0.052, depth: 0.28, height: 0.025, colour: shade(colour, 0.95) }),
    ),
    box({ up: height - 0.025, width, depth: 0.32, height: 0.025, colour }),
    ...rows,
  ];
}

function fillShelf(up: number, gap: number, width: number, books: readonly [Colour, ...Colour[]], random: Random): Part[] {
  const parts: Part[] = [];
  const end = width / 2 - random.between(0, width * 0.35);
  let place = -width / 2;
  while (place < end - 0.05) {
    const thickness = random.between(0.025, 0.055);
    const height = Math.min(gap - 0.06, random.between(0.18, 0.28));
    parts.push(
      box({ right: place + thickness / 2, up, away: 0.02, width: thickness - 0.003, depth: 0.17, height, colour: random.pick(books) }),
    );
    place += thickness;
  }
  if (width / 2 - place > 0.2)
    parts.push(
      cylinder({ right: (place + width / 2) / 2, up, away: 0.02, radius: 0.05, topRadius: 0.07, height: 0.13, colour: random.pick(books) }),
    );
  return parts;
}

/** A woven basket, in metres. */
export function basket(radius: number, height: number, colour: Colour): Part[] {
  const bands = 5;
  return Array.from({ length: bands }, (_, band) =>
    cylinder({
      up: (height / bands) * band,
      radius: radius * (0.86 + (0.16 * band) / bands),
      topRadius: radius * (0.86 + (0.16 * (band + 1)) / bands),
      height: height / bands,
      colour: shade(colour, band % 2 ? 0.94 : 1.04),
      topColour: shade(colour, 0.5),
    }),
  );
}
