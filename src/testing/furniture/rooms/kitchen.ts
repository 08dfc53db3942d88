import { stool } from "../chair.ts";
import { kitchenIsland, kitchenThings } from "../kitchen.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { vase } from "../plant.ts";
import { fruitBowl } from "../table.ts";

/** The layout of a kitchen. */
export function kitchen(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const width = Math.min(2.1, halfWidth * 1.15);
  const count = width > 1.8 ? 3 : 2;
  const top = 0.925;
  const stools = Array.from({ length: count }, (_, index) =>
    piece(
      stool(0.64, random.chance(0.5) ? palette.wood : palette.accent, palette.metal),
      { right: (index - (count - 1) / 2) * (width / count) + side * 0.02, away: 3.28 },
      [0.3, 0.3, 0.6],
    ),
  );
  return {
    rugs: [{ footprint: { right: 0, away: 3.2, width: width + 0.3, depth: 0.75 }, look: rugLook(choice) }],
    pieces: [
      piece(
        [
          ...kitchenIsland(width, palette),
          ...fruitBowl(-side * width * 0.26, top, 0, palette.pot, ["#c9752f", "#b5462f", "#8c9a3f"]),
          ...vase(side * width * 0.02, top, 0.1, palette.pot, palette.leaf, random),
          ...kitchenThings(side * width * 0.28 - 0.15, top, palette),
        ],
        { right: 0, away: 4.0 },
        [width, 0.74, 1],
      ),
      ...stools,
      tallPlant(choice, side * Math.min(2.1, halfWidth * 0.9), 4.6),
    ],
  };
}
