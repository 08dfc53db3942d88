import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { AnyModel } from "../model/model.ts";
import type { Origin } from "../model/warning.ts";
import type { DocumentVersion } from "./config-store.ts";
import { configKey } from "./setting-keys.ts";
import { findDocuments, type SettingsSnapshot } from "./settings-snapshot.ts";
import { type Fields, fieldsSchema, parseStored } from "./stored-values.ts";

/** Values for some fields of a config, and where they come from. */
export interface ConfigLayer {
  readonly origin: Origin;
  /** By field; `null` unsets a field, `undefined` says nothing. */
  readonly values: Fields;
  /** Where they are stored; absent where they come from the caller or the model. */
  readonly document?: DocumentVersion;
}

/**
 * A layer of what the caller gives: some fields, or a whole config. That sets every field: one that it leaves unset is `null`, so that no
 * weaker layer fills it in.
 * @throws {InvalidConfigError} when it is the config of another class, or no object.
 */
export function toCallerLayer(origin: Origin, { config: { configName, fields } }: AnyModel, patch: unknown): ConfigLayer {
  const given = parseWith(fieldsSchema(), patch, (problems) => new InvalidConfigError(configName, problems));
  const isWhole = typeof given.toMap === "function";
  if (isWhole && given.configName !== configName) {
    throw new InvalidConfigError(configName, [{ field: "(value)", message: `must be a ${configName}` }]);
  }
  return { origin, values: isWhole ? Object.fromEntries(Object.keys(fields).map((name) => [name, given[name] ?? null])) : { ...given } };
}

/**
 * The stored configs of a model, strongest first: the project's, then the global one.
 * @throws {InvalidStoredSettingError} when one has a wrong shape or belongs to another model.
 */
export function readConfigLayers(snapshot: SettingsSnapshot, model: AnyModel): readonly ConfigLayer[] {
  return findDocuments(snapshot, (projectId) => configKey(model, projectId)).map(({ scope, document }) => {
    const { modelId, config } = parseStored("config", document);
    if (modelId === model.id) return { origin: scope, values: config, document };
    const message = `is ${JSON.stringify(modelId.slice(0, 100))}, but must be ${model.id}`;
    throw new InvalidStoredSettingError("config", document.key, [{ field: "modelId", message }]);
  });
}
