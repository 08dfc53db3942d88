import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import { resolveActiveModel } from "./active-model.ts";
import { resolvePrice } from "./resolve-price.ts";
import { resolveConfigOf } from "./resolve-settings.ts";
import { pauseKey, type SettingTarget } from "./setting-keys.ts";
import { findDocuments, type SettingsSnapshot } from "./settings-snapshot.ts";
import { parseStored } from "./stored-values.ts";

/**
 * Reads one stored setting as a staging would, with the layers below it, and gives what that would be warned of. Pure.
 * @throws what the staging would throw.
 */
export function checkSetting<Known extends AnyModel>(
  snapshot: SettingsSnapshot<Known>,
  target: SettingTarget<Known["id"]>,
): readonly Warning[] {
  if (target.setting === "config") return resolveConfigOf(snapshot, snapshot.registry.lookup(target.modelId)).warnings;
  if (target.setting === "price") {
    resolvePrice(snapshot, snapshot.registry.lookup(target.modelId));
    return [];
  }
  const [pause] = findDocuments(snapshot, pauseKey);
  if (target.setting === "active_model") resolveActiveModel(snapshot);
  else if (pause) parseStored("pause", pause.document);
  return [];
}
