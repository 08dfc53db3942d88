import type { AnyModel } from "../model/model.ts";
import { checkStageable } from "./check-stageable.ts";
import type { ConfigWriteOptions } from "./config-store.ts";
import { resolveModel } from "./resolve-model.ts";
import { activeModelKey } from "./setting-keys.ts";
import { readSnapshot, type SettingsSnapshot, type SettingsSource } from "./settings-snapshot.ts";
import { wayOut } from "./way-out.ts";

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
  const { model, origin, version, key } = resolveModel(snapshot);
  checkStageable(snapshot, model, key, wayOut.activeModel);
  return { modelId: model.id, origin: origin as ActiveModel["origin"], version };
}

/** Stores the active model, once it has passed every check. See `Settings.setActive`. */
export async function setActiveModel<Known extends AnyModel>(
  source: SettingsSource<Known>,
  modelId: Known["id"],
  projectId: string | undefined,
  write: ConfigWriteOptions,
): Promise<ActiveModel<Known["id"]>> {
  const key = activeModelKey(projectId);
  const model = source.registry.lookup(modelId);
  const snapshot = await readSnapshot(source, projectId);
  checkStageable(snapshot, model, null, "Choose another model, or repair the config of this one first.");
  const { version } = await source.store.put(key, model.id, write);
  return { modelId: model.id, origin: projectId === undefined ? "global" : "project", version };
}
