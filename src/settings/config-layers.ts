import type { AnyModel } from "../model/model.ts";
import type { Origin } from "../model/warning.ts";
import { configKey } from "./setting-keys.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";
import { parseStoredConfig } from "./stored-values.ts";

/** Values for some fields of a config, and where they come from. */
export interface ConfigLayer {
  readonly origin: Origin;
  /** By field; `null` unsets a field, `undefined` says nothing. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The version of the stored document; `null` where the values come from the caller. */
  readonly version: number | null;
  /** The key of the stored document; `null` where the values come from the caller. */
  readonly key: string | null;
}

/** A layer of values that the caller gives. */
export function toCallerLayer(origin: Origin, values: Readonly<Record<string, unknown>>): ConfigLayer {
  return { origin, values, version: null, key: null };
}

/**
 * The stored configs of a model, strongest first: the project's, then the global one.
 * @throws {InvalidStoredSettingError} when one has a wrong shape or belongs to another model.
 */
export function readConfigLayers(snapshot: SettingsSnapshot, model: AnyModel): readonly ConfigLayer[] {
  const ofProject = snapshot.projectId === undefined ? [] : readLayer(snapshot, model, "project", snapshot.projectId);
  return [...ofProject, ...readGlobalLayer(snapshot, model)];
}

/**
 * The global config of a model, as a list of one or none.
 * @throws {InvalidStoredSettingError} when it has a wrong shape or belongs to another model.
 */
export function readGlobalLayer(snapshot: SettingsSnapshot, model: AnyModel): readonly ConfigLayer[] {
  return readLayer(snapshot, model, "global", undefined);
}

function readLayer(
  { documents }: SettingsSnapshot,
  model: AnyModel,
  origin: Origin,
  projectId: string | undefined,
): readonly ConfigLayer[] {
  const key = configKey(model.settingsKey, projectId);
  const document = documents.get(key);
  if (document === undefined) return [];
  return [{ origin, key, version: document.version, values: parseStoredConfig(document, model).config }];
}
