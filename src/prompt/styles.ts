import { freezeTable } from "./freeze-table.ts";

/** A style of furniture and decor. */
export interface StyleInfo {
  /** For people to choose by. */
  readonly label: string;
  /** How the prompt calls it: "in … style". */
  readonly name: string;
  /** The materials, colours and forms that the prompt asks for. They are about furniture and decor, never about the building. */
  readonly look: string;
}

const table = {
  modern: {
    label: "Modern",
    name: "modern",
    look: "low, clean-lined pieces, smooth wood, leather and metal, neutral greys, white and black with one muted accent colour",
  },
  contemporary: {
    label: "Contemporary",
    name: "contemporary",
    look: "softly curved upholstery, boucle and linen, light wood, stone and brushed metal, warm neutrals with layered tones",
  },
  minimalist: {
    label: "Minimalist",
    name: "minimalist",
    look: "few, simple pieces with plain surfaces, matte wood and cotton, off-white, beige and pale grey, plenty of free space",
  },
  scandinavian: {
    label: "Scandinavian",
    name: "Scandinavian",
    look: "pale oak and birch, wool, linen and sheepskin, white, soft grey and dusty pastels, simple rounded forms",
  },
  japandi: {
    label: "Japandi",
    name: "Japandi",
    look: "low pieces in light oak and dark walnut, paper, bamboo and linen, beige, clay and charcoal, quiet handmade ceramics",
  },
  mid_century: {
    label: "Mid-century modern",
    name: "mid-century modern",
    look: "walnut and teak on tapered legs, moulded seats, leather and textured wool, mustard, olive, rust and teal accents",
  },
  industrial: {
    label: "Industrial",
    name: "industrial",
    look: "reclaimed wood and blackened steel, worn brown leather, metal lamps, charcoal, rust and tobacco tones",
  },
  farmhouse: {
    label: "Farmhouse",
    name: "modern farmhouse",
    look: "solid, lightly distressed wood, slipcovered upholstery, cotton and jute, cream, white and sage with black iron details",
  },
  rustic: {
    label: "Rustic",
    name: "rustic",
    look: "chunky natural wood with visible grain, leather, woven wool and stone, warm browns, amber and deep green",
  },
  coastal: {
    label: "Coastal",
    name: "coastal",
    look: "light washed wood, rattan and seagrass, crisp linen, white, sand and soft blues",
  },
  mediterranean: {
    label: "Mediterranean",
    name: "Mediterranean",
    look: "warm solid wood, wrought iron and terracotta pots, linen, cream, ochre and olive green with blue accents",
  },
  bohemian: {
    label: "Bohemian",
    name: "bohemian",
    look: "rattan and carved wood, layered patterned textiles, kilim rugs, many plants, terracotta, mustard, teal and plum",
  },
  tropical: {
    label: "Tropical",
    name: "tropical",
    look: "teak, bamboo and cane, white cotton, large leafy potted plants, natural tones with palm green",
  },
  traditional: {
    label: "Traditional",
    name: "traditional",
    look: "polished dark wood, rolled arms and turned legs, symmetrical arrangement, velvet and damask, cream, navy, burgundy and brass",
  },
  transitional: {
    label: "Transitional",
    name: "transitional",
    look: "classic shapes with clean lines, medium-tone wood, linen and velvet, taupe, greige and soft blue with brushed nickel",
  },
  french_country: {
    label: "French country",
    name: "French country",
    look: "softly curved painted wood, toile, linen and woven cane, cream, lavender, pale blue and aged gold",
  },
  shabby_chic: {
    label: "Shabby chic",
    name: "shabby chic",
    look: "whitewashed vintage wood, ruffled cotton and faded florals, white, blush and powder blue",
  },
  art_deco: {
    label: "Art Deco",
    name: "Art Deco",
    look: "geometric and fan-shaped forms, lacquered wood, velvet, marble and brass, black, emerald, sapphire and gold",
  },
  hollywood_regency: {
    label: "Hollywood Regency",
    name: "Hollywood Regency",
    look: "glossy lacquer, tufted velvet, mirrored and gilded pieces, black, white and jewel tones",
  },
  luxury: {
    label: "Luxury",
    name: "luxury",
    look: "large tailored upholstery, velvet and silk, marble, smoked glass and polished brass, ivory, champagne and deep brown",
  },
  eclectic: {
    label: "Eclectic",
    name: "eclectic",
    look: "a curated mix of vintage and new pieces, varied woods and textiles, bold art and a few repeated strong colours",
  },
} satisfies Record<string, StyleInfo>;

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
export const styles: Readonly<Record<Style, StyleInfo>> = freezeTable(table);
