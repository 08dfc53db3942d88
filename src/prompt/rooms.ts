import { freezeTable } from "./freeze-table.ts";

/** A kind of room. */
export interface RoomInfo {
  /** For people to choose by. */
  readonly label: string;
  /** How the prompt calls it: "this empty …". */
  readonly noun: string;
  /** The usual pieces, as the prompt lists them. All are movable, and none hangs in front of a window or door. */
  readonly furniture: readonly string[];
  /** What is built in and must stay, beyond what is protected in every room. In such a room only loose pieces are added or removed. */
  readonly fixed?: readonly string[];
}

const kitchenParts = ["cabinets", "counters", "backsplash", "sink", "taps", "appliances"];
const outdoorParts = ["paving", "decking", "railings", "fences", "planting", "sky"];

const table = {
  living_room: {
    label: "Living room",
    noun: "living room",
    furniture: [
      "a sofa with cushions",
      "armchairs",
      "a coffee table",
      "an area rug",
      "a side table with a lamp",
      "wall art",
      "a potted plant",
    ],
  },
  family_room: {
    label: "Family room",
    noun: "family room",
    furniture: [
      "a large sectional sofa",
      "a media console",
      "a coffee table",
      "an area rug",
      "a floor lamp",
      "a throw blanket",
      "a potted plant",
    ],
  },
  open_plan: {
    label: "Open-plan living and dining",
    noun: "open-plan living and dining area",
    furniture: ["a sofa", "a coffee table", "an area rug", "a dining table with chairs", "a sideboard", "floor lamps", "potted plants"],
    fixed: kitchenParts,
  },
  bedroom: {
    label: "Bedroom",
    noun: "bedroom",
    furniture: ["a bed with headboard, pillows and bedding", "two bedside tables with lamps", "an area rug", "a dresser", "wall art"],
  },
  primary_bedroom: {
    label: "Primary bedroom",
    noun: "primary bedroom",
    furniture: [
      "a king-size bed with layered bedding",
      "bedside tables with lamps",
      "an upholstered bench",
      "a reading chair",
      "an area rug",
      "wall art",
    ],
  },
  guest_room: {
    label: "Guest room",
    noun: "guest bedroom",
    furniture: ["a made-up double bed", "a bedside table with a lamp", "a small desk with a chair", "an area rug", "wall art"],
  },
  kids_room: {
    label: "Kids' room",
    noun: "children's bedroom",
    furniture: ["a single bed with colourful bedding", "a small desk with a chair", "a low bookshelf", "toy storage baskets", "a soft rug"],
  },
  nursery: {
    label: "Nursery",
    noun: "nursery",
    furniture: ["a crib", "a nursing chair", "a changing table", "a soft rug", "a small bookshelf", "storage baskets"],
  },
  kitchen: {
    label: "Kitchen",
    noun: "kitchen",
    furniture: [
      "a fruit bowl",
      "a wooden cutting board",
      "a few ceramic jars",
      "potted herbs",
      "bar stools where the counter is made for them",
    ],
    fixed: kitchenParts,
  },
  dining_room: {
    label: "Dining room",
    noun: "dining room",
    furniture: ["a dining table", "dining chairs", "a sideboard", "an area rug under the table", "a vase with branches", "wall art"],
  },
  breakfast_nook: {
    label: "Breakfast nook",
    noun: "breakfast nook",
    furniture: ["a small round table", "two to four chairs with cushions", "a vase with flowers", "wall art"],
  },
  bathroom: {
    label: "Bathroom",
    noun: "bathroom",
    furniture: ["folded towels", "a bath mat", "a soap dispenser", "a small tray with bottles", "a potted plant", "a woven basket"],
    fixed: ["bathtub", "shower", "toilet", "sink", "vanity", "mirror", "taps", "tiles"],
  },
  office: {
    label: "Home office",
    noun: "home office",
    furniture: ["a desk", "an office chair", "a bookshelf with books", "a desk lamp", "an area rug", "a potted plant"],
  },
  library: {
    label: "Library",
    noun: "library",
    furniture: ["freestanding bookcases filled with books", "a reading chair with ottoman", "a side table", "a floor lamp", "an area rug"],
  },
  entryway: {
    label: "Entryway",
    noun: "entryway",
    furniture: ["a slim console table", "a bowl and a table lamp", "a small bench", "a runner rug", "a coat stand"],
  },
  hallway: {
    label: "Hallway",
    noun: "hallway",
    furniture: ["a runner rug", "a narrow console table", "a small lamp", "framed wall art"],
  },
  studio: {
    label: "Studio apartment",
    noun: "studio apartment",
    furniture: [
      "a bed with bedding",
      "a compact sofa",
      "a small dining table with two chairs",
      "an area rug",
      "a low open shelf",
      "a floor lamp",
    ],
    fixed: kitchenParts,
  },
  attic: {
    label: "Attic room",
    noun: "attic room",
    furniture: ["a low daybed with cushions", "a reading chair", "a low bookshelf", "an area rug", "a floor lamp"],
  },
  basement: {
    label: "Basement",
    noun: "basement room",
    furniture: ["a sectional sofa", "a media console", "a coffee table", "a large rug", "floor lamps", "storage shelves"],
  },
  sunroom: {
    label: "Sunroom",
    noun: "sunroom",
    furniture: ["a wicker sofa with cushions", "a lounge chair", "a low table", "a natural-fibre rug", "potted plants"],
  },
  media_room: {
    label: "Media room",
    noun: "media room",
    furniture: [
      "deep lounge seating",
      "a low media console with a switched-off television",
      "a coffee table",
      "a thick rug",
      "dimmable floor lamps",
    ],
  },
  game_room: {
    label: "Game room",
    noun: "game room",
    furniture: ["a pool table", "a game table with chairs", "a lounge sofa", "a rug", "wall art"],
  },
  home_gym: {
    label: "Home gym",
    noun: "home gym",
    furniture: ["a treadmill", "a weight bench", "a dumbbell rack", "an exercise mat", "a potted plant"],
  },
  laundry_room: {
    label: "Laundry room",
    noun: "laundry room",
    furniture: ["woven laundry baskets", "folded towels", "glass storage jars", "a small rug", "a potted plant"],
    fixed: ["cabinets", "counters", "sink", "taps", "washer", "dryer"],
  },
  mudroom: {
    label: "Mudroom",
    noun: "mudroom",
    furniture: ["a bench with cushions", "storage baskets", "a coat stand", "a shoe rack", "a runner rug"],
    fixed: ["built-in lockers", "hooks", "benches"],
  },
  walk_in_closet: {
    label: "Walk-in closet",
    noun: "walk-in closet",
    furniture: ["neatly hung clothes", "folded knitwear", "shoes in rows", "storage boxes", "an upholstered ottoman", "a small rug"],
    fixed: ["shelves", "rails", "drawers", "cabinets"],
  },
  garage: {
    label: "Garage",
    noun: "garage",
    furniture: ["freestanding storage shelves with plain boxes", "a workbench", "a tool cabinet", "a bicycle"],
    fixed: ["garage door", "pipes", "electrical panels"],
  },
  outdoor: {
    label: "Outdoor area",
    noun: "outdoor area",
    furniture: ["an outdoor sofa with cushions", "lounge chairs", "a low table", "an outdoor rug", "potted plants", "lanterns"],
    fixed: outdoorParts,
  },
  patio: {
    label: "Patio",
    noun: "patio",
    furniture: ["an outdoor dining table with chairs", "a lounge chair", "a parasol", "potted plants", "lanterns"],
    fixed: outdoorParts,
  },
  deck: {
    label: "Deck",
    noun: "deck",
    furniture: ["an outdoor sectional sofa", "a low table", "an outdoor rug", "potted plants", "lanterns"],
    fixed: outdoorParts,
  },
  balcony: {
    label: "Balcony",
    noun: "balcony",
    furniture: ["a small bistro table with two chairs", "an outdoor rug", "potted plants", "a lantern"],
    fixed: outdoorParts,
  },
  roof_terrace: {
    label: "Roof terrace",
    noun: "roof terrace",
    furniture: ["an outdoor lounge sofa", "sun loungers", "a dining table with chairs", "large planters", "lanterns"],
    fixed: outdoorParts,
  },
} satisfies Record<string, RoomInfo>;

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
export const rooms: Readonly<Record<Room, RoomInfo>> = freezeTable(table);
