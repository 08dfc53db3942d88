import { UnknownVersionError } from "../errors/unknown-version-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import { checkSetting } from "./check-setting.ts";
import type { ConfigStore, ConfigVersion, ConfigWriteOptions } from "./config-store.ts";
import { type SettingTarget, toSettingKey } from "./setting-keys.ts";
import { readSnapshot, type SettingsSource } from "./settings-snapshot.ts";

/** A setting that went back. */
export interface RolledBack {
  /** The new version; `null` where the old one was a deletion and there was nothing to delete. */
  readonly version: number | null;
  readonly warnings: readonly Warning[];
}

/** Writes an old version again as a new one, once it has passed every check. See `Settings.rollback`. */
export async function rollback<Known extends AnyModel>(
  source: SettingsSource<Known>,
  target: SettingTarget<Known["id"]>,
  version: number,
  write: ConfigWriteOptions,
): Promise<RolledBack> {
  const key = toSettingKey(source.registry, target);
  const old = await findVersion(source.store, key, version);
  const noted = { ...write, note: write?.note ?? `Back to version ${version}` };
  if (old.deleted) return { version: await source.store.delete(key, noted), warnings: [] };
  const snapshot = await readSnapshot(source, target.projectId);
  const warnings = checkSetting({ ...snapshot, documents: new Map([...snapshot.documents, [key, old]]) }, target);
  return { version: (await source.store.put(key, old.value, noted)).version, warnings };
}

async function findVersion(store: ConfigStore, key: string, version: number): Promise<ConfigVersion> {
  const isVersion = Number.isSafeInteger(version + 1) && version >= 1;
  const [found] = isVersion ? (await store.history(key, { cursor: version + 1, limit: 1 })).versions : [];
  if (found?.version !== version) throw new UnknownVersionError(key, version);
  return found;
}
