import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { configKey, priceKey, type SettingTarget } from "./setting-keys.ts";

/** The setting that is stored under a key; `undefined` where this registry knows none. */
export function parseSettingKey<Known extends AnyModel>(registry: Registry<Known>, key: string): SettingTarget<Known["id"]> | undefined {
  const [, projectId, setting] = /^(?:project\/([^/]{1,128})\/)?(.*)$/.exec(key) ?? [];
  if (setting === "active_model" || setting === "pause") return { setting, projectId };
  const priced = registry.list().find((candidate) => priceKey(candidate) === key);
  if (priced) return { setting: "price", modelId: priced.id };
  const model = registry.list().find((candidate) => configKey(candidate) === setting);
  return model && { setting: "config", modelId: model.id, projectId };
}
