import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import type { ConfigDocument, ConfigStore } from "./config-store.ts";
import { activeModelKey, configKey, pauseKey } from "./setting-keys.ts";

/** Where settings are read from, and for which models. */
export interface SettingsSource<Known extends AnyModel = AnyModel> {
  readonly store: ConfigStore;
  readonly registry: Registry<Known>;
  readonly defaultModelId: Known["id"];
}

/**
 * Everything stored that a staging could need, read at one moment. Never changes; `checkPaused`, `resolveSettings`, `resolveModel`
 * and `explainSettings` work the rest out of it without reading again.
 */
export interface SettingsSnapshot<Known extends AnyModel = AnyModel> {
  /** Absent: no project's settings were read, only the global ones. */
  readonly projectId?: string;
  readonly registry: Registry<Known>;
  readonly defaultModelId: Known["id"];
  /** The documents by key, as they are stored, checked only where they are used. */
  readonly documents: ReadonlyMap<string, ConfigDocument>;
}

/**
 * Reads all settings of a project, or the global ones, with one call of the store.
 * @throws {InvalidSettingError} for a project id that no key can hold.
 */
export async function readSnapshot<Known extends AnyModel>(
  { store, registry, defaultModelId }: SettingsSource<Known>,
  projectId: string | undefined,
): Promise<SettingsSnapshot<Known>> {
  const scopes = projectId === undefined ? [undefined] : [projectId, undefined];
  const keys = scopes.flatMap((scope) => [
    activeModelKey(scope),
    pauseKey(scope),
    ...registry.list().map(({ settingsKey }) => configKey(settingsKey, scope)),
  ]);
  const documents = await store.getMany(keys);
  return Object.freeze({ ...(projectId !== undefined && { projectId }), registry, defaultModelId, documents });
}
