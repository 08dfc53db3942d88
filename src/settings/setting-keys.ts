import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { checkCall } from "./check-call.ts";

/** The key of the document that chooses the active model. Its value is a model id. */
export function activeModelKey(projectId?: string): string {
  return toKey("active_model", projectId);
}

/** The key of the document that holds a model's config. Its value is `{ modelId, config }`. */
export function configKey({ settingsKey }: AnyModel, projectId?: string): string {
  return toKey(`model_config_${settingsKey}`, projectId);
}

/** The key of the document that pauses staging. Its value is `{ reason }`. */
export function pauseKey(projectId?: string): string {
  return toKey("pause", projectId);
}

/**
 * The key of the document that holds the owner's price of a model. Its value is `{ modelId, price }`.
 * @throws {InvalidSettingError} when a project is named: a price is one for all of them.
 */
export function priceKey({ settingsKey }: AnyModel, projectId?: string): string {
  const key = `price_${settingsKey}`;
  if (projectId === undefined) return key;
  throw new InvalidSettingError(key, [{ field: "projectId", message: "has no prices of its own: leave it out" }]);
}

/** One setting with a history: the active model, the pause, or a model's config; of one project, or the global one. Or a model's price. */
export type SettingTarget<Id extends string = string> =
  | { readonly setting: "active_model" | "pause"; readonly projectId?: string | undefined }
  | { readonly setting: "config"; readonly modelId: Id; readonly projectId?: string | undefined }
  | { readonly setting: "price"; readonly modelId: Id; readonly projectId?: undefined };

/**
 * The key under which a setting is stored.
 * @throws {UnknownModelError} when the model is not registered.
 * @throws {InvalidSettingError} for a project id that no key can hold.
 */
export function toSettingKey<Known extends AnyModel>(registry: Registry<Known>, target: SettingTarget<Known["id"]>): string {
  const { setting, projectId } = target;
  if (setting === "price") return priceKey(registry.lookup(target.modelId), projectId);
  return setting === "config" ? configKey(registry.lookup(target.modelId), projectId) : toKey(setting, projectId);
}

// Only an absent project means all of them: a null by mistake must not change everybody's settings.
function toKey(name: string, projectId: string | undefined): string {
  if (projectId === undefined) return name;
  const key = `project/${projectId}/${name}`;
  checkCall("project", key, { projectId });
  return key;
}
