import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { ModelUnavailableError } from "../errors/model-unavailable-error.ts";
import type { AnyModel } from "../model/model.ts";
import { isRefusal } from "./check-config.ts";
import { checkModel } from "./check-model.ts";
import type { ConfigDocument } from "./config-store.ts";
import { resolveModel } from "./resolve-model.ts";
import { resolveConfigOf } from "./resolve-settings.ts";
import { activeModelKey } from "./setting-keys.ts";
import { readSnapshot, type SettingsSnapshot, type SettingsSource, toScope } from "./settings-snapshot.ts";
import type { SettingWriteOptions } from "./settings-types.ts";

/** The model that runs where a request names none. */
export interface ActiveModel<Id extends string = string> {
  readonly modelId: Id;
  /** Who chose it. */
  readonly origin: "project" | "global" | "default";
  /** The version of the stored choice; `null` where nobody chose. */
  readonly version: number | null;
}

/**
 * The active model of a snapshot, with its config checked. Pure.
 * @throws {ModelUnavailableError} when it cannot stage photos.
 * @throws {InvalidStoredSettingError} when the stored choice is no model id.
 */
export function resolveActiveModel<Known extends AnyModel>(snapshot: SettingsSnapshot<Known>): ActiveModel<Known["id"]> {
  const { model, origin, document } = resolveModel(snapshot);
  checkConfigOf(snapshot, model, document);
  return { modelId: model.id, origin: origin as ActiveModel["origin"], version: document?.version ?? null };
}

/** Stores the active model, once it has passed every check. See `Settings.setActive`. */
export async function setActiveModel<Known extends AnyModel>(
  source: SettingsSource<Known>,
  modelId: Known["id"],
  write: SettingWriteOptions,
): Promise<ActiveModel<Known["id"]>> {
  const projectId = write?.projectId;
  const model = source.registry.lookup(modelId);
  const snapshot = await readSnapshot(source, projectId);
  checkModel(model, undefined);
  checkConfigOf(snapshot, model, undefined);
  const { version } = await source.store.put(activeModelKey(projectId), model.id, write);
  return { modelId: model.id, origin: toScope(projectId), version };
}

/** Lets a model pass whose config is one that it would take. `chosenBy` is the stored setting that chose it, if one did. */
function checkConfigOf(snapshot: SettingsSnapshot, model: AnyModel, chosenBy: ConfigDocument | undefined): void {
  try {
    resolveConfigOf(snapshot, model);
  } catch (cause) {
    const isStored = InvalidStoredSettingError.is(cause);
    if (!isStored && !isRefusal(cause)) throw cause;
    const place = isStored ? cause.key : "config";
    const problems = cause.problems.map(({ field, message }) => ({ field: `${place}.${field}`, message }));
    throw new ModelUnavailableError({ modelId: model.id, reason: "invalid_config", problems, key: chosenBy?.key, cause });
  }
}
