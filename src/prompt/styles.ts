import { toLabel } from "./to-label.ts";

/** A style of furniture and decor. */
export interface StyleInfo {
  /** For people to choose by. */
  readonly label: string;
  /** How the prompt calls it: "in … style". */
  readonly name: string;
  /** The materials, colours and forms that the prompt asks for. They are about furniture and decor, never about the building. */
  readonly look: string;
}

// Name and look.
const table = {
  modern: ["modern", "low, clean-lined pieces, smooth wood, leather and metal, neutral greys with one muted accent"],
  contemporary: ["contemporary", "softly curved upholstery, boucle and linen, light wood, warm neutrals"],
  minimalist: ["minimalist", "few, simple pieces with plain surfaces, off-white, beige and pale grey, plenty of free space"],
  scandinavian: ["Scandinavian", "pale oak and birch, wool and linen, white, soft grey and dusty pastels"],
  japandi: ["Japandi", "low pieces in light oak and dark walnut, paper, bamboo and linen, beige, clay and charcoal"],
  mid_century: ["mid-century modern", "walnut and teak on tapered legs, mustard, olive, rust and teal accents"],
  industrial: ["industrial", "reclaimed wood and blackened steel, worn brown leather, charcoal and rust tones"],
  farmhouse: ["farmhouse", "solid, lightly distressed wood, cotton and jute, cream, white and sage with black iron details"],
  coastal: ["coastal", "light washed wood, rattan and seagrass, crisp linen, white, sand and soft blues"],
  bohemian: ["bohemian", "rattan and carved wood, layered patterned textiles, many plants, terracotta, mustard and plum"],
  traditional: ["traditional", "polished dark wood, rolled arms and turned legs, velvet, cream, navy, burgundy and brass"],
  luxury: ["luxury", "large tailored upholstery, velvet and silk, marble and polished brass, ivory and champagne"],
} satisfies Record<string, readonly [name: string, look: string]>;

/** The key of a style, such as `"scandinavian"`. */
export type Style = keyof typeof table;

/**
 * The styles by key. `modern` is the default of the modes `stage` and `restyle`.
 *
 * @example
 * ```ts
 * import { styles } from "restage";
 *
 * const choices = Object.entries(styles).map(([value, { label }]) => ({ value, label }));
 * ```
 */
export const styles = /* @__PURE__ */ toStyles();

function toStyles(): Readonly<Record<Style, StyleInfo>> {
  const entries = Object.entries(table).map(([key, [name, look]]) => [key, Object.freeze({ label: toLabel(name), name, look })]);
  return Object.freeze(Object.fromEntries(entries));
}
