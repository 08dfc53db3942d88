import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";

/** Why somebody changes a setting; its length is checked where it is stored. */
export const noteField = once(() => ({ note: z.string().optional() }));

/** A body that says no more than why. */
export const noteSchema = once(() => z.strictObject(noteField()));
