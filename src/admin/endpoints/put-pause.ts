import { z } from "../../basics/z.ts";
import { defineChange } from "../define-change.ts";

/** `PUT` a pause: no staging starts until it is taken away. */
export const putPause = defineChange({
  fields: () => ({ reason: z.string() }),
  act: ({ settings, body, write }) => settings.pause({ ...write, reason: body.reason }),
});
