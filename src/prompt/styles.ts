import { type Labelled, toTable } from "./to-table.ts";

/** A style of furniture and decor. */
export interface StyleInfo extends Labelled {
  /** How the prompt calls it: "in … style". */
  readonly name: string;
  /** The materials, colours and forms that the prompt asks for. They are about furniture and decor, never about the building. */
  readonly look: string;
}

// The look, and the name where it is not the key.
const table = {
  modern: ["clean lines, smooth wood, leather and metal, neutral greys"],
  contemporary: ["curved upholstery, boucle and light wood, warm neutrals"],
  minimalist: ["few, simple pieces, plain surfaces, off-white and pale grey"],
  scandinavian: ["pale oak, wool and linen, white, soft grey and pastels", "Scandinavian"],
  japandi: ["low pieces, oak and walnut, paper and linen, beige and charcoal", "Japandi"],
  mid_century: ["walnut and teak on tapered legs, mustard, olive and teal", "mid-century modern"],
  industrial: ["reclaimed wood and black steel, brown leather, charcoal and rust"],
  farmhouse: ["distressed wood, cotton and jute, cream and sage, black iron"],
  coastal: ["washed wood, rattan and linen, white, sand and soft blues"],
  bohemian: ["rattan and carved wood, layered textiles, many plants, terracotta"],
  traditional: ["polished dark wood, turned legs, velvet, navy and burgundy"],
  luxury: ["large upholstery, velvet and silk, marble and brass, ivory"],
} satisfies Record<string, Row>;

type Row = readonly [look: string, name?: string];

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
export const styles: Readonly<Record<Style, StyleInfo>> = /* @__PURE__ */ toTable<Style, Row, Omit<StyleInfo, "label">>(
  table,
  ([look, name], key) => [name ?? key, { name: name ?? key, look }],
);
