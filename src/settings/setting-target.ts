import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { activeModelKey, configKey, pauseKey } from "./setting-keys.ts";

/** One setting with a history: the active model, the pause, or a model's config; of one project, or the global one. */
export type SettingTarget<Id extends string = string> =
  | { readonly setting: "active_model" | "pause"; readonly projectId?: string | undefined }
  | { readonly setting: "config"; readonly modelId: Id; readonly projectId?: string | undefined };

/**
 * The key under which a setting is stored.
 * @throws {UnknownModelError} when the model is not registered.
 * @throws {InvalidSettingError} for a project id that no key can hold.
 */
export function toSettingKey<Known extends AnyModel>(registry: Registry<Known>, target: SettingTarget<Known["id"]>): string {
  switch (target.setting) {
    case "active_model":
      return activeModelKey(target.projectId);
    case "pause":
      return pauseKey(target.projectId);
    case "config":
      return configKey(registry.lookup(target.modelId).settingsKey, target.projectId);
  }
}
