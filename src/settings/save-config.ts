import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import { readConfigLayers, toCallerLayer } from "./config-layers.ts";
import { findStrays } from "./find-strays.ts";
import type { Json } from "./json.ts";
import { resolveConfig } from "./resolve-config.ts";
import { configKey } from "./setting-keys.ts";
import { readSnapshot, type SettingsSource, toScope } from "./settings-snapshot.ts";
import type { PatchOf, SettingWriteOptions } from "./settings-types.ts";

/** A config that was saved. */
export interface SavedConfig {
  readonly version: number;
  /** What a staging with this config would be warned of, from all its layers. */
  readonly warnings: readonly Warning[];
}

/** Stores a config, once all of it has passed every check. See `Settings.saveConfig`. */
export async function saveConfig<M extends AnyModel>(
  source: SettingsSource,
  model: M,
  patch: PatchOf<M>,
  write: SettingWriteOptions,
): Promise<SavedConfig> {
  const projectId = write?.projectId;
  const key = configKey(model, projectId);
  const given = toCallerLayer(toScope(projectId), model, patch);
  const snapshot = await readSnapshot(source, projectId);
  const weaker = new Map(snapshot.documents);
  weaker.delete(key);

  // Kept as they are: fields of another release, which may be too new for a cache. What stands there in no readable shape is replaced.
  const [newest] = (await source.store.history(key, { limit: 1 })).versions;
  const strays = newest === undefined || newest.deleted ? [] : findStrays(model, newest.value);
  const kept = { ...given, values: Object.fromEntries(strays), document: { key, version: 0 } };
  const { warnings } = resolveConfig(model, [given, kept, ...readConfigLayers({ ...snapshot, documents: weaker }, model)]);

  // Below the global config there are only the model's own defaults, so most nulls say nothing. A project's null always may.
  const isIdle = (name: string) => projectId === undefined && (model.defaultConfig[name] ?? null) === null;
  const set = Object.entries(given.values).filter(([name, value]) => value !== null || !isIdle(name));
  const config = Object.fromEntries([...set, ...strays]) as { readonly [name: string]: Json };
  const { version } = await source.store.put(key, { modelId: model.id, config }, write);
  return { version, warnings };
}
