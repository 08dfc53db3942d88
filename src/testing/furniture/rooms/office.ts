import { officeChair } from "../chair.ts";
import { desk } from "../desk.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { sofa } from "../sofa.ts";
import { bookshelf } from "../storage.ts";

/** The layout of an office. */
export function office(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const isWide = halfWidth > 2.4;
  const centre = isWide ? -side * 0.35 : -side * 0.2;
  const shelf = bookshelf(
    0.9,
    isWide ? 1.75 : 1.1,
    palette.wood,
    [palette.accent, palette.linen, palette.second, palette.rugDetail, palette.upholstery],
    random,
  );
  return {
    rugs: [{ footprint: { right: centre, away: 3.75, width: 2.5, depth: 1.6, round: random.chance(0.4) }, look: rugLook(choice) }],
    pieces: [
      piece(desk(palette, random.chance(0.5) ? 1 : -1), { right: centre, away: 4.5 }, [1.56, 0.7, 0.65]),
      piece(
        officeChair(palette.upholstery, palette.metal),
        { right: centre + side * 0.12, away: 3.72, turn: 180 + side * random.between(12, 38) },
        [0.5, 0.5, 0.75, true],
      ),
      piece(shelf, { right: side * (isWide ? 1.55 : halfWidth * 0.8), away: 4.95 }, [0.9, 0.32, 0.85]),
      tallPlant(choice, -side * Math.min(2.1, halfWidth * 0.9), 4.75),
      ...(isWide
        ? [
            piece(
              sofa({ width: 0.86, seats: 1, colour: palette.second, legs: palette.wood, cushions: [palette.accent] }),
              { right: side * 2.0, away: 3.7, turn: side * 62 },
              [0.82, 0.86, 0.9],
            ),
          ]
        : []),
    ],
  };
}
