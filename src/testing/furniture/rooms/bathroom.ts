import { bathtub, towels, vanity } from "../bathroom.ts";
import { stool } from "../chair.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { basket } from "../storage.ts";

/** The layout of a bathroom. */
export function bathroom(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const isWide = halfWidth > 2.4;
  return {
    rugs: [{ footprint: { right: isWide ? side * 0.7 : 0, away: 3.55, width: 1.0, depth: 0.6 }, look: rugLook(choice) }],
    pieces: [
      piece(bathtub(palette, side), { right: isWide ? side * 0.85 : 0, away: 4.35 }, [1.4, 0.66, 1, true]),
      ...(isWide ? [piece(vanity(palette), { right: -side * 1.35, away: 4.85 }, [1.08, 0.46, 0.7])] : []),
      piece(
        [...stool(0.42, palette.wood, palette.wood), ...towels(0.475, [palette.linen, palette.accent])],
        { right: isWide ? -side * 0.28 : -side * 1.0, away: 3.95 },
        [0.32, 0.32, 0.6],
      ),
      tallPlant(choice, side * Math.min(2.15, halfWidth * 0.9), 4.75),
      piece(
        [...basket(0.2, 0.36, palette.wood), ...towels(0.3, [random.chance(0.5) ? palette.linen : palette.second])],
        { right: -side * Math.min(2.15, halfWidth * 0.88), away: 4.2 },
        [0.4, 0.4, 0.9, true],
      ),
    ],
  };
}
