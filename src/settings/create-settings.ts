import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { type BuiltInModel, registry as builtIn, defaultModelId as builtInDefault } from "../models/registry.ts";
import { resolveActiveModel, setActiveModel } from "./active-model.ts";
import { auditSettings } from "./audit-settings.ts";
import { checkCall } from "./check-call.ts";
import { findPause } from "./check-paused.ts";
import type { ConfigStore } from "./config-store.ts";
import { explainSettings } from "./explain-settings.ts";
import { exportSettings } from "./export-settings.ts";
import { importSettings } from "./import-settings.ts";
import { lastGoodReader } from "./last-good-reader.ts";
import { readHistory } from "./read-history.ts";
import { resolvePrice, setPrice } from "./resolve-price.ts";
import { resolveConfigOf } from "./resolve-settings.ts";
import { rollback } from "./rollback.ts";
import { saveConfig } from "./save-config.ts";
import { activeModelKey, configKey, pauseKey, priceKey } from "./setting-keys.ts";
import type { Settings } from "./settings.ts";
import { readSnapshot, type SettingsSource } from "./settings-snapshot.ts";
import type { ProjectOptions, SettingWriteOptions } from "./settings-types.ts";

/** What settings are made of. */
export interface CreateSettingsOptions<Known extends AnyModel = BuiltInModel> {
  readonly store: ConfigStore;
  /** Default: the built-in models. */
  readonly registry?: Registry<Known> | undefined;
  /** The model that runs where nobody chose one. Default: qwen/qwen-image-edit. */
  readonly defaultModelId?: NoInfer<Known["id"]> | undefined;
  /**
   * What a staging does with a stored setting that it cannot use. `"refuse"`: an error. `"last_good"`: the newest earlier version that it can
   * use stands in for it, with a warning on the run; a deletion counts as one, and a pause is never replaced. Where there is none, the error
   * stays. Default `"refuse"`.
   */
  readonly onInvalid?: "refuse" | "last_good" | undefined;
}

/**
 * The settings of a service: the active model, each model's config, projects of their own, history and pause, over any store.
 * @throws {UnknownModelError} when the registry lacks the default model.
 *
 * @example
 * ```ts
 * import { createSettings, memoryConfigStore, ModelId } from "restage";
 *
 * const settings = createSettings({ store: memoryConfigStore() });
 * const author = { name: "Ada Lovelace" };
 * await settings.saveConfig(ModelId.FluxKontextPro, { safety_tolerance: 2 }, { author });
 * await settings.setActive(ModelId.FluxKontextPro, { author, note: "sharper windows" });
 * await settings.saveConfig(ModelId.FluxKontextPro, { output_format: "jpg" }, { author, projectId: "villa-12" });
 *
 * const { config, origins } = await settings.config(ModelId.FluxKontextPro, { projectId: "villa-12" });
 * console.log(config.output_format, origins.output_format); // jpg project
 * console.log(config.safety_tolerance, origins.safety_tolerance); // 2 global
 * await settings.rollback({ setting: "active_model" }, 1, { author });
 * ```
 */
export function createSettings<Known extends AnyModel = BuiltInModel>(options: CreateSettingsOptions<Known>): Settings<Known> {
  const { store, registry = builtIn as unknown as Registry<Known>, defaultModelId = builtInDefault, onInvalid } = options;
  const source: SettingsSource<Known> = { store, registry, defaultModelId: registry.lookup(defaultModelId).id };
  const read = ({ projectId }: ProjectOptions = {}) => readSnapshot(source, projectId);
  const readForStaging = onInvalid === "last_good" ? lastGoodReader(source) : read;

  const remove = async (toKey: (projectId?: string) => string, write: SettingWriteOptions) => store.delete(toKey(write?.projectId), write);

  // The registry gives the model of an id, which the compiler cannot follow from a string to a type: hence `never`.
  return {
    registry,
    read: readForStaging,
    active: async (project) => resolveActiveModel(await read(project)),
    setActive: (modelId, write) => setActiveModel(source, modelId, write),
    resetActive: (write) => remove(activeModelKey, write),
    config: async (modelId, project) => resolveConfigOf(await read(project), registry.lookup(modelId)) as never,
    saveConfig: async (modelId, patch, write) => saveConfig(source, registry.lookup(modelId) as never, patch, write),
    resetConfig: (modelId, write) => remove((projectId) => configKey(registry.lookup(modelId), projectId), write),
    price: async (modelId) => resolvePrice(await read(), registry.lookup(modelId)),
    setPrice: async (modelId, price, write) => setPrice(source, registry.lookup(modelId), price, write),
    resetPrice: async (modelId, write) =>
      store.delete(priceKey(registry.lookup(modelId), (write as SettingWriteOptions | undefined)?.projectId), write),
    history: (target, page) => readHistory(source, target, page),
    trail: (page) => store.trail(page),
    rollback: (target, version, write) => rollback(source, target, version, write),
    explain: async (request = {}) => explainSettings(await readForStaging(request), request as never),
    pause: async (pause) => {
      const key = pauseKey(pause?.projectId);
      return (await store.put(key, checkCall("pause", key, { ...pause }), pause)).version;
    },
    unpause: (write) => remove(pauseKey, write),
    paused: async (project) => findPause(await read(project)),
    audit: () => auditSettings(source),
    export: () => exportSettings(store),
    import: (data, write) => importSettings(source, data, write),
  };
}
