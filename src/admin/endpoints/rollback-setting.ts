import { z } from "../../basics/z.ts";
import { defineChange } from "../define-change.ts";

/** `POST …/rollback`: an earlier version is written again. */
export const rollbackSetting = defineChange({
  method: "POST",
  suffix: "/rollback",
  fields: () => ({ version: z.int().min(1) }),
  act: ({ settings, target, body, write }) => settings.rollback(target, body.version, write),
});
