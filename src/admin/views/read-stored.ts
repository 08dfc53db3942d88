import type { AnyModel } from "../../model/model.ts";
import { parseSettingKey } from "../../settings/parse-setting-key.ts";
import type { Settings } from "../../settings/settings.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";
import { toDocumentMap } from "../../settings/to-document-map.ts";

/**
 * The settings of a project, or the global ones, as they are stored: also what cannot be used, and what an earlier version stands in for
 * when a photo is staged. One read of the store.
 * @throws {InvalidSettingError} for a project id of a wrong shape.
 */
export async function readStored(settings: Settings<AnyModel>, projectId: string | undefined): Promise<SettingsSnapshot> {
  const { standIns, ...snapshot } = await settings.read({ projectId });
  if (standIns === undefined || standIns.size === 0) return snapshot;
  const documents = toDocumentMap(snapshot.documents, snapshot.documents.outdatedSince);
  for (const key of standIns.keys()) {
    const target = parseSettingKey(settings.registry, key);
    const [newest] = target === undefined ? [] : (await settings.history(target, { limit: 1 })).versions;
    if (newest !== undefined && !newest.deleted) documents.set(key, newest);
  }
  return { ...snapshot, documents };
}
