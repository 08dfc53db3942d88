import type { BuiltInModel } from "../../models/registry.ts";
import type { SettingTarget } from "../../settings/setting-keys.ts";
import type { ArgumentDefinition } from "../command.ts";
import { findModel } from "../find-model.ts";

/** Which setting. */
export const settingArgument: ArgumentDefinition = {
  name: "SETTING",
  isRequired: true,
  description: "A model (its config), active_model or pause",
};

/** @throws {UnknownModelError} */
export function toTarget(word: string, projectId: string | undefined): SettingTarget<BuiltInModel["id"]> {
  if (word === "active_model" || word === "pause") return { setting: word, projectId };
  return { setting: "config", modelId: findModel(word).id, projectId };
}
