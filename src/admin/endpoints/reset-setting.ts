import { type Change, defineChange } from "../define-change.ts";

/** Takes a setting away, by `POST …/reset` or `DELETE`: what is weaker holds again. */
export const resetSetting = (method: "POST" | "DELETE") => defineChange({ method, ...(method === "POST" && { suffix: "/reset" }), act });

function act({ settings, target, write }: Change<unknown>): Promise<number | null> {
  if (target.setting === "config") return settings.resetConfig(target.modelId, write);
  if (target.setting === "price") return settings.resetPrice(target.modelId, write);
  return target.setting === "pause" ? settings.unpause(write) : settings.resetActive(write);
}
