import type { BuiltInModel } from "../../models/registry.ts";
import type { SettingTarget } from "../../settings/setting-keys.ts";
import type { ArgumentDefinition } from "../command.ts";
import { findModel } from "../find-model.ts";
import { UsageError } from "../usage-error.ts";

/** Which setting. */
export const settingArgument: ArgumentDefinition = {
  name: "SETTING",
  isRequired: true,
  description: "A model (its config), price:MODEL, active_model or pause",
};

/** @throws {UnknownModelError} {UsageError} */
export function toTarget(word: string, projectId: string | undefined): SettingTarget<BuiltInModel["id"]> {
  if (word === "active_model" || word === "pause") return { setting: word, projectId };
  const [, priced] = /^price:(.*)$/.exec(word) ?? [];
  if (priced !== undefined) {
    if (projectId !== undefined) throw new UsageError("A price is one for all projects: leave --project out");
    return { setting: "price", modelId: findModel(priced).id };
  }
  return { setting: "config", modelId: findModel(word).id, projectId };
}
