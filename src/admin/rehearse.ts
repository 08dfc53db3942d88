import { VersionConflictError } from "../errors/version-conflict-error.ts";
import type { AnyModel } from "../model/model.ts";
import { checkCall } from "../settings/check-call.ts";
import type { ConfigDocument, ConfigStore, ConfigVersion, ConfigWriteOptions } from "../settings/config-store.ts";
import { createSettings } from "../settings/create-settings.ts";
import { parseSettingKey } from "../settings/parse-setting-key.ts";
import type { Settings } from "../settings/settings.ts";
import type { SettingsSnapshot } from "../settings/settings-snapshot.ts";
import { toDocumentMap } from "../settings/to-document-map.ts";

/**
 * Settings that begin with what a snapshot holds and keep what is written to themselves: a change can be tried on them, and passes or fails
 * by the very checks of the real ones. Of the real ones only histories are read.
 */
export function rehearse(settings: Settings<AnyModel>, { registry, defaultModelId, documents }: SettingsSnapshot): Settings<AnyModel> {
  const written = new Map<string, ConfigVersion>();

  /** The version that a write makes, once it has passed the checks of every store. */
  function next(key: string, { author, note = null }: Pick<ConfigDocument, "author" | "note">, expectedVersion: number | undefined) {
    const current = documents.get(key)?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== current) throw new VersionConflictError(key, expectedVersion, current);
    return { key, version: current + 1, author, note, updatedAt: new Date(0).toISOString() };
  }

  const store: ConfigStore = {
    async getMany(keys) {
      const found = keys.flatMap((key): readonly (readonly [string, ConfigDocument])[] => {
        const version = written.get(key) ?? documents.get(key);
        return version === undefined || ("deleted" in version && version.deleted) ? [] : [[key, version as ConfigDocument]];
      });
      return toDocumentMap(found, documents.outdatedSince);
    },
    async put(key, value, options: ConfigWriteOptions) {
      const { expectedVersion, ...said } = checkCall("put", key, { ...options, key, value });
      const document = { ...next(key, said, expectedVersion), value };
      written.set(key, { ...document, deleted: false });
      return document;
    },
    async delete(key, options) {
      const { expectedVersion, ...said } = checkCall("delete", key, { ...options, key });
      const version = next(key, said, expectedVersion);
      if (!documents.has(key)) return null;
      written.set(key, { ...version, deleted: true });
      return version.version;
    },
    async history(key, page = {}) {
      const newest = written.get(key);
      if (newest !== undefined && page.cursor === undefined) return { versions: [newest], cursor: newest.version };
      const target = parseSettingKey(registry, key);
      return target === undefined ? { versions: [] } : settings.history(target, page);
    },
    list: async () => ({ documents: [] }),
    trail: async () => ({ versions: [] }),
  };
  return createSettings({ store, registry, defaultModelId });
}
