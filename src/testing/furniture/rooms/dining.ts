import { placed } from "../../drawing/part.ts";
import { chair } from "../chair.ts";
import { tableLamp } from "../lamp.ts";
import { type Layout, type LayoutChoice, piece, rugLook, tallPlant } from "../layout.ts";
import { vase } from "../plant.ts";
import { sideboard } from "../storage.ts";
import { fruitBowl, table } from "../table.ts";

/** The layout of a dining room. */
export function dining(choice: LayoutChoice): Layout {
  const { palette, random, side, halfWidth } = choice;
  const isWide = halfWidth > 2.4;
  const long = isWide ? random.between(1.8, 2.1) : 1.35;
  const seats = isWide ? [-0.55, 0, 0.55] : [-0.32, 0.32];
  const spacing = isWide ? long / 1.9 : 1;
  const seatColour = random.chance(0.5) ? palette.upholstery : palette.accent;
  const one = chair(seatColour, random.chance(0.5) ? palette.wood : palette.metal);
  const at = (right: number, away: number, turn: number) => one.map((part) => placed([part], { right, away, turn }));
  const chairs = [
    ...seats.flatMap((right) => [...at(right * spacing, -0.62, 180), ...at(right * spacing, 0.62, 0)]),
    ...(isWide ? [...at(-long / 2 - 0.22, 0, -90), ...at(long / 2 + 0.22, 0, 90)] : []),
  ];
  const setting = [
    ...table({ width: long, depth: 0.92, height: 0.75, top: palette.wood, legs: palette.wood, thickness: 0.045 }),
    ...vase(-0.12, 0.75, 0, palette.pot, palette.leaf, random),
    ...fruitBowl(0.28, 0.75, 0, palette.stone, ["#b8862f", "#8c9a3f", "#b5462f"]),
  ];
  return {
    rugs: [{ footprint: { right: 0, away: 3.9, width: long + 1.3, depth: 2.1, round: random.chance(0.35) }, look: rugLook(choice) }],
    pieces: [
      piece([...setting, ...chairs], { right: 0, away: 3.95 }, [long + 0.3, 1.5, 0.65]),
      ...(isWide
        ? [
            piece(
              [...sideboard(1.3, 0.78, palette.wood, palette.metal), ...tableLamp(0.78, palette.pot, palette.shade, side * 0.42)],
              { right: side * 2.2, away: 4.4, turn: side * 90 },
              [1.3, 0.4, 0.7],
            ),
          ]
        : []),
      tallPlant(choice, -side * Math.min(2.15, halfWidth * 0.92), 4.85),
    ],
  };
}
