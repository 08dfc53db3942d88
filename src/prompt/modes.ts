import type { Style } from "./styles.ts";
import { type Labelled, toTable } from "./to-table.ts";

/** What a staging does to the photo. */
export interface ModeInfo extends Labelled {
  /** One sentence for people to choose by. */
  readonly description: string;
  /** Whether the mode brings in furniture. If it does it needs a room and takes a style and furniture; otherwise it refuses the latter two. */
  readonly furnishes: boolean;
  /** The style used where none is given. Without one the furniture that is there sets the style. */
  readonly defaultStyle?: Style;
}

const table = {
  stage: { description: "Furnishes an empty room.", furnishes: true, defaultStyle: "modern" },
  complete: { description: "Keeps the furniture and adds what is missing.", furnishes: true },
  restyle: { description: "Replaces the furniture and decor.", furnishes: true, defaultStyle: "modern" },
  declutter: { description: "Removes loose clutter and keeps the furniture.", furnishes: false },
  empty: { description: "Removes all furniture and decor.", furnishes: false },
} satisfies Record<string, Omit<ModeInfo, "label">>;

/** The key of a mode, such as `"stage"`. */
export type Mode = keyof typeof table;

/**
 * The modes by key. `stage` is the default.
 *
 * @example
 * ```ts
 * import { modes } from "restage";
 *
 * const choices = Object.entries(modes).map(([value, { label }]) => ({ value, label }));
 * ```
 */
export const modes: Readonly<Record<Mode, ModeInfo>> = /* @__PURE__ */ toTable<Mode, Omit<ModeInfo, "label">, Omit<ModeInfo, "label">>(
  table,
  (mode, key) => [key, mode],
);
