import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import { readGlobalLayer, toCallerLayer } from "./config-layers.ts";
import type { ConfigWriteOptions } from "./config-store.ts";
import type { Json } from "./json.ts";
import { resolveConfig } from "./resolve-config.ts";
import { configKey } from "./setting-keys.ts";
import { readSnapshot, type SettingsSource } from "./settings-snapshot.ts";
import type { PatchOf } from "./settings-types.ts";
import { readStrayFields, toStrayWarnings } from "./stray-fields.ts";
import { toPatchValues } from "./to-patch-values.ts";

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
  projectId: string | undefined,
  write: ConfigWriteOptions,
): Promise<SavedConfig> {
  const key = configKey(model.settingsKey, projectId);
  const values = toPatchValues(model, patch);
  const snapshot = await readSnapshot(source, projectId);
  const origin = projectId === undefined ? "global" : "project";
  const weaker = projectId === undefined ? [] : readGlobalLayer(snapshot, model);
  const { warnings } = resolveConfig(model, [toCallerLayer(origin, values), ...weaker]);

  const names = Object.keys(model.config.fields);
  const strays = readStrayFields(snapshot.documents.get(key), names);
  const set = projectId === undefined ? leaveOutIdleNulls(values, model) : values;
  const config = { ...set, ...strays } as { readonly [name: string]: Json };
  const { version } = await source.store.put(key, { modelId: model.id, config }, write);
  return { version, warnings: [...warnings, ...toStrayWarnings({ key, origin, version, values: strays }, names)] };
}

// Below the global config there are only the model's own defaults, so most nulls say nothing. A project's null always may.
function leaveOutIdleNulls(values: Readonly<Record<string, unknown>>, { defaultConfig }: AnyModel): Readonly<Record<string, unknown>> {
  const isIdle = (name: string) => (defaultConfig[name] ?? null) === null;
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null || !isIdle(name)));
}
