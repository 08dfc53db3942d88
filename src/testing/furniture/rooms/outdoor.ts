import { lantern } from "../lamp.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { vase } from "../plant.ts";
import { sofa } from "../sofa.ts";
import { roundTable } from "../table.ts";

/** The layout of a terrace. */
export function outdoor(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const isWide = halfWidth > 2.4;
  const frame = palette.wood;
  const seat = (width: number, seats: number) =>
    sofa({ width, seats, colour: palette.linen, legs: frame, cushions: [palette.accent, palette.second].slice(0, seats) });
  const light = (right: number, away: number, height: number) => piece(lantern(height, palette.metal), { right, away }, [0.2, 0.2, 0.8]);
  return {
    rugs: [{ footprint: { right: 0, away: 3.8, width: isWide ? 3.1 : 2.2, depth: 1.9 }, look: rugLook(choice) }],
    pieces: [
      piece(seat(isWide ? 1.9 : 1.6, 2), { right: -side * 0.2, away: 4.6 }, [1.8, 0.86, 0.9]),
      piece(
        [...roundTable(0.45, 0.34, frame, frame, "drum"), ...vase(0, 0.34, 0, palette.pot, palette.leaf, random)],
        { right: 0, away: 3.65 },
        [0.7, 0.7, 0.9, true],
      ),
      ...(isWide ? [piece(seat(0.86, 1), { right: side * 1.75, away: 3.8, turn: side * 60 }, [0.82, 0.86, 0.9])] : []),
      light(-side * Math.min(1.5, halfWidth * 0.75), 3.5, 0.42),
      light(-side * Math.min(1.72, halfWidth * 0.75 + 0.22), 3.65, 0.28),
      tallPlant(choice, -side * Math.min(2.15, halfWidth * 0.9), 4.7),
      tallPlant(choice, side * Math.min(1.75, halfWidth * 0.86), 4.85),
    ],
  };
}
