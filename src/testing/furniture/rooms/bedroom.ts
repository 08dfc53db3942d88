import { type Part, placed } from "../../drawing/part.ts";
import { towels } from "../bathroom.ts";
import { bed, bedsideTable } from "../bed.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { sofa } from "../sofa.ts";
import { table } from "../table.ts";

/** The layout of a bedroom. */
export function bedroom(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const isWide = halfWidth > 2.4;
  const width = isWide ? 1.75 : 1.45;
  const centre = isWide ? -side * 0.15 : -side * 0.25;
  const bedside = (which: number) =>
    piece(bedsideTable(palette), { right: centre + which * (width / 2 + 0.36), away: 4.82 }, [0.46, 0.4, 0.7]);
  const bench = [...table({ width: 1.2, depth: 0.4, height: 0.36, top: palette.wood, legs: palette.wood }), ...spreadSoft(palette.second)];
  return {
    rugs: [{ footprint: { right: centre, away: 3.55, width: width + 1.15, depth: 1.75 }, look: rugLook(choice) }],
    pieces: [
      piece(bed(width, palette, random.chance(0.6)), { right: centre, away: 4.05 }, [width, 2.0, 0.95]),
      bedside(-1),
      bedside(1),
      ...(random.chance(0.55) ? [piece(bench, { right: centre, away: 2.78 }, [1.2, 0.4, 0.6])] : []),
      tallPlant(choice, side * Math.min(2.1, halfWidth * 0.88), 4.55),
      ...(isWide
        ? [
            piece(
              sofa({ width: 0.84, seats: 1, colour: palette.second, legs: palette.wood, cushions: [palette.accent] }),
              { right: -side * 2.05, away: 3.75, turn: -side * 58 },
              [0.8, 0.84, 0.9],
            ),
          ]
        : []),
    ],
  };
}

function spreadSoft(colour: string): Part[] {
  return towels(0.36, [colour]).map((part) => placed([part], { right: -0.3, away: 0 }));
}
