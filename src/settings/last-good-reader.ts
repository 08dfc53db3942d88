import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { ModelUnavailableError } from "../errors/model-unavailable-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import type { ConfigDocument, ConfigStore, ConfigVersion, HistoryPage } from "./config-store.ts";
import { resolveModel } from "./resolve-model.ts";
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
  // By version and key, so that each is looked up once.
  const remembered = new Map<string, ConfigVersion>();

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
      const id = `${bad.version} ${bad.key}`;
      for await (const earlier of toCandidates(source.store, bad, remembered.get(id))) {
        if (earlier.deleted) documents.delete(bad.key);
        else documents.set(bad.key, earlier);
        if (findCulprit(check) === key) continue;
        if (remembered.size >= maximumRemembered) remembered.clear();
        remembered.set(id, earlier);
        standIns.set(bad.key, toWarning(stored.get(bad.key) ?? bad, earlier));
        return repair(check);
      }
      documents.set(bad.key, stored.get(bad.key) ?? bad);
      standIns.delete(bad.key);
    }

    await repair(() => resolveModel(repaired));
    for (const model of source.registry.list()) await repair(() => resolveConfigOf(repaired, model));
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

/** The versions that may stand in for this one, newest first. None where the history cannot be read: the error of the setting stays. */
async function* toCandidates(store: ConfigStore, { key, version }: ConfigDocument, known?: ConfigVersion): AsyncGenerator<ConfigVersion> {
  if (known !== undefined) yield known;
  for (let cursor: number | undefined = version; cursor !== undefined; ) {
    const page: HistoryPage = await store.history(key, { cursor }).catch(() => ({ versions: [] }));
    yield* page.versions;
    cursor = page.cursor;
  }
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
