import { type Labelled, toTable } from "./to-table.ts";

/** A kind of room. */
export interface RoomInfo extends Labelled {
  /** How the prompt calls it: "this empty …". */
  readonly noun: string;
  /** The usual pieces, as the prompt lists them. All are movable, and none hangs in front of a window or door. */
  readonly furniture: readonly string[];
  /** What is built in and must stay, beyond what is protected in every room; often nothing. Where there is some, only loose pieces are added or removed. */
  readonly fixed: readonly string[];
}

/** What is usual, what is fixed, and the noun where the key does not say it. */
type Row = readonly [furniture: string, fixed?: string, noun?: string];

const kitchenParts = "cabinets; counters; sink; taps; appliances";
const outdoorParts = "paving; decking; railings; fences; plants; sky";

const table = {
  living_room: ["a sofa; armchairs; a coffee table; an area rug; a floor lamp; wall art"],
  open_plan: ["a sofa; a coffee table; an area rug; a dining table with chairs", kitchenParts, "open-plan living and dining area"],
  bedroom: ["a bed with bedding; bedside tables with lamps; an area rug; a dresser; wall art"],
  kids_room: ["a single bed with bedding; a small desk with a chair; a bookshelf; an area rug", "", "children's bedroom"],
  nursery: ["a crib; a nursing chair; a changing table; an area rug"],
  kitchen: ["a fruit bowl; a cutting board; potted herbs; bar stools", kitchenParts],
  dining_room: ["a dining table with chairs; a sideboard; an area rug; wall art"],
  bathroom: ["folded towels; a bath mat; a soap dispenser; a potted plant", "bathtub; shower; toilet; sink; vanity; mirror; taps; tiles"],
  office: ["a desk with a chair; a bookshelf; a table lamp; an area rug", "", "home office"],
  entryway: ["a console table; a table lamp; a bench; a runner rug"],
  hallway: ["a runner rug; a console table; wall art"],
  studio: ["a bed with bedding; a small sofa; a small dining table with chairs; an area rug", kitchenParts, "studio apartment"],
  outdoor: ["an outdoor sofa; lounge chairs; a low table; an outdoor rug; potted plants", outdoorParts, "outdoor area"],
  balcony: ["a small table with chairs; an outdoor rug; potted plants", outdoorParts],
} satisfies Record<string, Row>;

/** The key of a kind of room, such as `"living_room"`. */
export type Room = keyof typeof table;

/**
 * The kinds of room by key.
 *
 * @example
 * ```ts
 * import { rooms } from "restage";
 *
 * const choices = Object.entries(rooms).map(([value, { label }]) => ({ value, label }));
 * ```
 */
export const rooms: Readonly<Record<Room, RoomInfo>> = /* @__PURE__ */ toTable<Room, Row, Omit<RoomInfo, "label">>(
  table,
  ([furniture, fixed, noun], key) => {
    const name = noun ?? key.replaceAll("_", " ");
    return [name, { noun: name, furniture: toItems(furniture), fixed: toItems(fixed) }];
  },
);

function toItems(text: string | undefined): readonly string[] {
  return Object.freeze(text ? text.split("; ") : []);
}
