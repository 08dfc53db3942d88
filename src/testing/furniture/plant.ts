import { type Colour, mix, shade } from "../drawing/colour.ts";
import { cylinder } from "../drawing/cylinder.ts";
import { linearGradient } from "../drawing/gradient.ts";
import type { Part } from "../drawing/part.ts";
import { short } from "../drawing/path.ts";
import type { Random } from "../drawing/random.ts";
import type { View } from "../drawing/view.ts";

/** A plant in its pot, in metres. */
export interface PlantShape {
  readonly right?: number;
  readonly up?: number;
  readonly away?: number;
  /** With its pot. */
  readonly height: number;
  readonly pot: Colour;
  readonly leaf: Colour;
  /** A bush of broad leaves, upright blades, or a small tree. */
  readonly kind: "bush" | "blades" | "tree";
}

interface Leaf {
  readonly from: readonly [right: number, up: number];
  readonly angle: number;
  readonly length: number;
  readonly breadth: number;
  readonly light: number;
  readonly bend: number;
}

/** A plant in a pot. */
export function plant({ right = 0, up = 0, away = 0, height, pot, leaf, kind }: PlantShape, random: Random): Part[] {
  const potHeight = Math.min(0.38, height * 0.3);
  const potRadius = potHeight * 0.55;
  const foliage = height - potHeight;
  const leaves = grow(kind, foliage, random);
  const crown: Part = {
    low: [right - foliage * 0.3, up + potHeight, away - 0.1],
    high: [right + foliage * 0.3, up + height, away + 0.1],
    draw: (view) => {
      const [x, y] = view.toPixel([right, up + potHeight - 0.02, away]);
      const scale = view.pixelsPerMetre([right, up, away]);
      const trunk =
        kind === "tree"
          ? `<path d="M${short(x)} ${short(y)}q${short(scale * 0.03)} ${short(-foliage * scale * 0.3)} 0 ${short(-foliage * scale * 0.62)}" stroke="#6b5440" stroke-width="${short(scale * 0.03)}" fill="none"/>`
          : "";
      return trunk + leaves.map((one) => drawLeaf(view, [x, y], scale, one, leaf)).join("");
    },
  };
  return [
    cylinder({
      right,
      up,
      away,
      radius: potRadius * 0.78,
      topRadius: potRadius,
      height: potHeight,
      colour: pot,
      topColour: shade("#5a4636", 0.8),
    }),
    crown,
  ];
}

/** A vase with a few branches. */
export function vase(right: number, up: number, away: number, colour: Colour, leaf: Colour, random: Random): Part[] {
  const body = [
    cylinder({ right, up, away, radius: 0.045, topRadius: 0.08, height: 0.09, colour }),
    cylinder({ right, up: up + 0.09, away, radius: 0.08, topRadius: 0.03, height: 0.12, colour }),
  ];
  const [, crown] = plant(
    { right, up: up + 0.11, away, height: 0.5, pot: colour, leaf: mix(leaf, "#a9a27f", 0.3), kind: "blades" },
    random,
  );
  return crown ? [...body, crown] : body;
}

function grow(kind: PlantShape["kind"], foliage: number, random: Random): Leaf[] {
  const count = { bush: 26, blades: 15, tree: 44 }[kind];
  const leaves = Array.from({ length: count }, (_, index): Leaf => {
    const spread = (index / (count - 1)) * 2 - 1;
    const light = random.between(0.72, 1.1);
    if (kind === "tree") {
      const [angle, distance] = [random.between(0, 2 * Math.PI), Math.sqrt(random.between(0, 1)) * foliage * 0.24];
      const from = [Math.cos(angle) * distance, foliage * 0.72 + Math.sin(angle) * distance * 0.95] as const;
      return { from, angle: random.between(-2.2, 2.2), length: foliage * 0.15, breadth: 0.46, light, bend: random.between(-0.3, 0.3) };
    }
    const angle = spread * (kind === "bush" ? 1.35 : 0.55) + random.between(-0.14, 0.14);
    const reach = kind === "bush" ? random.between(0.42, 0.96) : random.between(0.7, 1.05);
    return { from: [0, 0], angle, length: foliage * reach, breadth: kind === "bush" ? 0.3 : 0.085, light, bend: angle * 0.5 };
  });
  // Dark leaves behind, light ones in front.
  return leaves.sort((one, other) => one.light - other.light);
}

function drawLeaf(view: View, [x, y]: readonly [number, number], scale: number, leaf: Leaf, colour: Colour): string {
  const [startX, startY] = [x + leaf.from[0] * scale, y - leaf.from[1] * scale];
  const length = leaf.length * scale;
  const at = (along: number, aside: number): string => {
    const angle = leaf.angle + leaf.bend * along;
    return `${short(startX + Math.sin(angle) * length * along + Math.cos(angle) * aside)} ${short(startY - Math.cos(angle) * length * along + Math.sin(angle) * aside)}`;
  };
  const stalk = leaf.breadth > 0.2 && leaf.length > 0.2 ? 0.42 : 0;
  const half = leaf.breadth * length * (1 - stalk * 0.4) * 0.5;
  const middle = stalk + (1 - stalk) * 0.45;
  const outline = `M${at(stalk, 0)}Q${at(middle, half * 1.7)} ${at(1, 0)}Q${at(middle, -half * 1.7)} ${at(stalk, 0)}Z`;
  const paint = linearGradient(
    view,
    [startX, startY - length],
    [startX, startY],
    [
      [0, shade(colour, leaf.light * 1.14)],
      [1, shade(colour, leaf.light * 0.7)],
    ],
  );
  const rib = `<path d="M${at(0, 0)}Q${at(0.5, 0)} ${at(0.95, 0)}" fill="none" stroke="${shade(colour, leaf.light * 0.72)}" stroke-width="${short(Math.max(0.4, scale * 0.006))}" stroke-opacity="0.7"/>`;
  return `${paint.svg}${stalk ? rib : ""}<path d="${outline}" fill="${paint.fill}"/>${stalk ? "" : ""}${rib}`;
}
