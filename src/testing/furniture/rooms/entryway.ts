import { towels } from "../bathroom.ts";
import { tableLamp } from "../lamp.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { vase } from "../plant.ts";
import { basket } from "../storage.ts";
import { bookStack, table } from "../table.ts";

/** The layout of an entryway. */
export function entryway(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const bench = [
    ...table({ width: 1.05, depth: 0.38, height: 0.4, top: palette.wood, legs: palette.metal, shelfUp: 0.12 }),
    ...towels(0.4, [palette.accent]),
  ];
  return {
    rugs: [{ footprint: { right: 0, away: 3.7, width: 0.95, depth: 2.5 }, look: rugLook(choice) }],
    pieces: [
      piece(
        [
          ...table({ width: 1.25, depth: 0.34, height: 0.82, top: palette.wood, legs: palette.metal, shelfUp: 0.16 }),
          ...tableLamp(0.82, palette.pot, palette.shade, -side * 0.42),
          ...bookStack(0, 0.82, 0, [palette.accent, palette.linen]),
          ...vase(side * 0.4, 0.82, 0, palette.pot, palette.leaf, random),
        ],
        { right: -side * Math.min(0.45, halfWidth * 0.25), away: 4.95 },
        [1.25, 0.34, 0.6],
      ),
      piece(bench, { right: side * Math.min(1.75, halfWidth * 0.85), away: 4.1, turn: side * 90 }, [1.05, 0.38, 0.6]),
      piece(basket(0.21, 0.4, palette.wood), { right: side * Math.min(0.62, halfWidth * 0.5), away: 4.85 }, [0.42, 0.42, 0.9, true]),
      tallPlant(choice, -side * Math.min(1.7, halfWidth * 0.86), 4.6),
    ],
  };
}
