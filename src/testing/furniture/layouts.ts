import type { DrawnRoom } from "../drawing/room-words.ts";
import type { Layout, LayoutChoice } from "./layout.ts";
import { bathroom } from "./rooms/bathroom.ts";
import { bedroom } from "./rooms/bedroom.ts";
import { dining } from "./rooms/dining.ts";
import { entryway } from "./rooms/entryway.ts";
import { kitchen } from "./rooms/kitchen.ts";
import { living } from "./rooms/living.ts";
import { office } from "./rooms/office.ts";
import { outdoor } from "./rooms/outdoor.ts";

/** The layout of each kind of room. */
export const layouts: Record<DrawnRoom, (choice: LayoutChoice) => Layout> = {
  living,
  bedroom,
  kitchen,
  bathroom,
  dining,
  office,
  entryway,
  outdoor,
};
