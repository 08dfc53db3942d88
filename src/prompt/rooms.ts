import { toLabel } from "./to-label.ts";

/** A kind of room. */
export interface RoomInfo {
  /** For people to choose by. */
  readonly label: string;
  /** How the prompt calls it: "this empty …". */
  readonly noun: string;
  /** The usual pieces, as the prompt lists them. All are movable, and none hangs in front of a window or door. */
  readonly furniture: readonly string[];
  /** What is built in and must stay, beyond what is protected in every room; often nothing. Where there is some, only loose pieces are added or removed. */
  readonly fixed: readonly string[];
}

/** A row of the table; the noun only where the key does not say it. */
interface Row {
  readonly noun?: string;
  readonly furniture: string;
  readonly fixed?: string;
}

const kitchenParts = "cabinets; counters; sink; taps; appliances";
const outdoorParts = "paving; decking; railings; fences; planting; sky";

const table = {
  living_room: { furniture: "a sofa; armchairs; a coffee table; an area rug; a floor lamp; wall art; a potted plant" },
  open_plan: {
    noun: "open-plan living and dining area",
    furniture: "a sofa; a coffee table; an area rug; a dining table with chairs; a sideboard; floor lamps",
    fixed: kitchenParts,
  },
  bedroom: { furniture: "a bed with pillows and bedding; bedside tables with lamps; an area rug; a dresser; wall art" },
  kids_room: {
    noun: "children's bedroom",
    furniture: "a single bed with bedding; a small desk with a chair; a low bookshelf; storage baskets; a soft rug",
  },
  nursery: { furniture: "a crib; a nursing chair; a changing table; a soft rug; storage baskets" },
  kitchen: {
    furniture: "a fruit bowl; a cutting board; potted herbs; bar stools where the counter is made for them",
    fixed: kitchenParts,
  },
  dining_room: { furniture: "a dining table with chairs; a sideboard; an area rug; a vase with branches; wall art" },
  bathroom: {
    furniture: "folded towels; a bath mat; a soap dispenser; a potted plant; a woven basket",
    fixed: "bathtub; shower; toilet; sink; vanity; mirror; taps; tiles",
  },
  office: { noun: "home office", furniture: "a desk; an office chair; a bookshelf with books; a desk lamp; an area rug" },
  entryway: { furniture: "a console table; a table lamp; a bench; a runner rug; a coat stand" },
  hallway: { furniture: "a runner rug; a narrow console table; wall art" },
  studio: {
    noun: "studio apartment",
    furniture: "a bed with bedding; a compact sofa; a small dining table with chairs; an area rug; a floor lamp",
    fixed: kitchenParts,
  },
  basement: { furniture: "a sectional sofa; a media console; a coffee table; an area rug; floor lamps" },
  home_gym: { furniture: "a treadmill; a weight bench; a dumbbell rack; an exercise mat" },
  laundry_room: {
    furniture: "laundry baskets; folded towels; storage jars; a potted plant",
    fixed: "cabinets; counters; sink; taps; washer; dryer",
  },
  outdoor: {
    noun: "outdoor area",
    furniture: "an outdoor sofa with cushions; lounge chairs; a low table; an outdoor rug; potted plants",
    fixed: outdoorParts,
  },
  balcony: { furniture: "a small table with two chairs; an outdoor rug; potted plants", fixed: outdoorParts },
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
export const rooms = /* @__PURE__ */ toRooms();

function toRooms(): Readonly<Record<Room, RoomInfo>> {
  const entries = Object.entries<Row>(table).map(([key, { noun = key.replaceAll("_", " "), furniture, fixed }]) => {
    const info: RoomInfo = { label: toLabel(noun), noun, furniture: toItems(furniture), fixed: toItems(fixed) };
    return [key, Object.freeze(info)];
  });
  return Object.freeze(Object.fromEntries(entries));
}

function toItems(text: string | undefined): readonly string[] {
  return Object.freeze(text?.split("; ") ?? []);
}
