import { floorLamp, tableLamp } from "../lamp.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { vase } from "../plant.ts";
import { sofa } from "../sofa.ts";
import { bookStack, roundTable, table } from "../table.ts";

/** The layout of a living room. */
export function living(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const isWide = halfWidth > 2.4;
  const edge = Math.min(2.15, halfWidth * 0.86);
  const width = isWide ? random.between(2.05, 2.35) : random.between(1.75, 1.95);
  const centre = isWide ? -side * 0.18 : side * -0.28;
  const round = random.chance(0.5);
  const seats = random.chance(0.5) ? 2 : 3;
  const cushions = [palette.accent, palette.second, ...(random.chance(0.7) ? [palette.linen] : [])];
  const blanket = random.chance(0.5) ? { throwColour: palette.linen } : {};
  const coffee = round
    ? [
        ...roundTable(0.42, 0.36, palette.wood, palette.wood, random.pick(["drum", "stem"])),
        ...vase(-0.1, 0.36, 0.05, palette.pot, palette.leaf, random),
      ]
    : [
        ...table({ width: 1.1, depth: 0.58, height: 0.38, top: palette.wood, legs: palette.metal, shelfUp: 0.13 }),
        ...bookStack(-0.26, 0.38, 0.02, [palette.accent, palette.linen, palette.second]),
        ...vase(0.25, 0.38, 0.05, palette.pot, palette.leaf, random),
      ];
  const armchair = piece(
    sofa({ width: 0.86, seats: 1, colour: palette.second, legs: palette.wood, cushions: [palette.accent] }),
    { right: side * (edge - 0.15), away: 3.75, turn: side * random.between(48, 66) },
    [0.82, 0.86, 0.9],
  );
  return {
    rugs: [
      {
        footprint: {
          right: centre,
          away: 3.85,
          width: round && !isWide ? 2.1 : width + 0.75,
          depth: 1.65,
          round: round && random.chance(0.5),
        },
        look: rugLook(choice),
      },
    ],
    pieces: [
      piece(sofa({ width, seats, colour: palette.upholstery, legs: palette.wood, cushions, ...blanket }), { right: centre, away: 4.62 }, [
        width - 0.04,
        0.88,
        0.95,
      ]),
      piece(coffee, { right: centre, away: 3.6 }, round ? [0.66, 0.66, 0.8, true] : [1.06, 0.54, 0.55]),
      ...(isWide
        ? [
            piece(
              [...roundTable(0.24, 0.52, palette.wood, palette.metal, "stem"), ...tableLamp(0.52, palette.pot, palette.shade)],
              { right: centre + side * (width / 2 + 0.34), away: 4.75 },
              [0.34, 0.34, 0.6, true],
            ),
            armchair,
          ]
        : []),
      piece(floorLamp(palette.metal, palette.shade, random.chance(0.5)), { right: centre - side * (width / 2 + 0.3), away: 4.8 }, [
        0.36,
        0.3,
        0.5,
        true,
      ]),
      tallPlant(choice, isWide ? -side * edge : side * (edge - 0.12), isWide ? 4.35 : 4.7),
    ],
  };
}
