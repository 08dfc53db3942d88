import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { ModelUnavailableError } from "../errors/model-unavailable-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import type { ConfigDocument, ConfigStore, ConfigVersion, DocumentMap, HistoryPage } from "./config-store.ts";
import { resolveModel } from "./resolve-model.ts";
import { resolvePrice } from "./resolve-price.ts";
import { resolveConfigOf } from "./resolve-settings.ts";
import { readSnapshot, type SettingsSnapshot, type SettingsSource } from "./settings-snapshot.ts";
import type { ProjectOptions } from "./settings-types.ts";
import { toDocumentMap } from "./to-document-map.ts";

const maximumRemembered = 1_000;

/**
 * Reads snapshots in which the newest earlier version that can be used stands in for a setting that cannot, with a warning. A deletion
 * can be used: nothing is stored then. What has no such version stays as it is, and so does a pause, past which nothing may go by mistake.
 */
export function lastGoodReader<Known extends AnyModel>(
  source: SettingsSource<Known>,
): (project?: ProjectOptions) => Promise<SettingsSnapshot<Known>> {
  // `null` where there is none. By all that the choice depends on, so that each is looked up once.
  const remembered = new Map<string, ConfigVersion | null>();

  return async ({ projectId } = {}) => {
    const snapshot = await readSnapshot(source, projectId);
    const { documents: stored } = snapshot;
    const documents = toDocumentMap(stored, stored.outdatedSince);
    const standIns = new Map<string, Warning>();
    const repaired = Object.freeze({ ...snapshot, documents, standIns });

    async function repair(check: () => unknown): Promise<void> {
      const key = findCulprit(check);
      const bad = key === undefined ? undefined : documents.get(key);
      if (bad === undefined) return;
      const fits = (earlier: ConfigVersion): boolean => {
        if (earlier.deleted) documents.delete(bad.key);
        else documents.set(bad.key, earlier);
        return findCulprit(check) !== key;
      };
      const id = toId(bad, documents);
      const known = remembered.get(id);
      // Where the history cannot be read, the error of the setting stays, for now.
      const found = known === undefined ? await findNewest(source.store, bad, fits).catch(() => undefined) : known;
      if (found !== undefined) {
        if (remembered.size >= maximumRemembered) remembered.clear();
        remembered.set(id, found);
      }
      if (found && fits(found)) {
        standIns.set(bad.key, toWarning(stored.get(bad.key) ?? bad, found));
        return repair(check);
      }
      documents.set(bad.key, stored.get(bad.key) ?? bad);
      standIns.delete(bad.key);
    }

    await repair(() => resolveModel(repaired));
    for (const model of source.registry.list()) {
      await repair(() => resolveConfigOf(repaired, model));
      await repair(() => resolvePrice(repaired, model));
    }
    return repaired;
  };
}

/** The key of the stored setting for which a staging would be refused. */
function findCulprit(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return InvalidStoredSettingError.is(error) || ModelUnavailableError.is(error) ? (error.key ?? undefined) : undefined;
  }
}

/** The bad document, and all layers of its setting: whether an earlier version can be used may depend on the other one. */
function toId(bad: ConfigDocument, documents: DocumentMap): string {
  const name = bad.key.slice(bad.key.lastIndexOf("/") + 1);
  const layers = [...documents.values()].filter(({ key }) => key.endsWith(name));
  return [bad, ...layers].map(({ key, version }) => `${version} ${key}`).join("\n");
}

/** The newest version before this one that fits; `null` where none does. */
async function findNewest(
  store: ConfigStore,
  { key, version }: ConfigDocument,
  fits: (earlier: ConfigVersion) => boolean,
): Promise<ConfigVersion | null> {
  for (let cursor: number | undefined = version; cursor !== undefined; ) {
    const page: HistoryPage = await store.history(key, { cursor });
    const found = page.versions.find(fits);
    if (found !== undefined) return found;
    cursor = page.cursor;
  }
  return null;
}

function toWarning({ key, version: badVersion }: ConfigDocument, { version, deleted }: ConfigVersion): Warning {
  const used = deleted ? `${version} (a deletion)` : version;
  return {
    severity: "warning",
    code: "earlier_version",
    field: key,
    reason: `Version ${badVersion} of the setting ${JSON.stringify(key)} cannot be used: version ${used} stands in for it`,
    wayOut: "Write the setting anew, or roll it back",
  };
}
