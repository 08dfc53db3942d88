import { VersionConflictError } from "../../errors/version-conflict-error.ts";
import { checkKeys } from "../../settings/check-key.ts";
import { checkHistoryPage, checkListPage } from "../../settings/check-page.ts";
import { type CheckedDelete, checkDelete, checkPut } from "../../settings/check-write.ts";
import type { Author, ConfigChange, ConfigDocument, ConfigStore, ConfigVersion } from "../../settings/config-store.ts";
import type { Json } from "../../settings/json.ts";
import { compareCodePoints } from "./compare-code-points.ts";

/** A version as it is kept: its value as text, so that every reading is a copy. */
interface StoredVersion {
  readonly version: number;
  /** `null` for a deletion. */
  readonly text: string | null;
  readonly author: Author;
  readonly note: string | null;
  readonly updatedAt: string;
}

/**
 * Settings in the memory of this process: for tests, demos and services that set them in code. They end with the process.
 *
 * @example
 * ```ts
 * import { createSettings, memoryConfigStore } from "restage";
 *
 * const settings = createSettings({ store: memoryConfigStore() });
 * ```
 */
export function memoryConfigStore(options: { readonly clock?: () => Date } = {}): ConfigStore {
  const { clock = () => new Date() } = options;
  const histories = new Map<string, StoredVersion[]>();
  const listeners = new Set<(change: ConfigChange) => void>();

  function find(key: string): ConfigDocument | undefined {
    const newest = histories.get(key)?.at(-1);
    return newest === undefined || newest.text === null ? undefined : toDocument(key, newest, newest.text);
  }

  function append(key: string, text: string | null, { author, note, expectedVersion }: CheckedDelete): StoredVersion {
    const history = histories.get(key) ?? [];
    const newest = history.at(-1);
    const currentVersion = newest === undefined || newest.text === null ? 0 : newest.version;
    if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
      throw new VersionConflictError(key, expectedVersion, currentVersion);
    }
    const added = { version: history.length + 1, text, author, note, updatedAt: clock().toISOString() };
    histories.set(key, history);
    history.push(added);
    tell({ key, version: added.version });
    return added;
  }

  function tell(change: ConfigChange): void {
    for (const listener of listeners) {
      queueMicrotask(() => {
        if (!listeners.has(listener)) return;
        try {
          listener(change);
        } catch {
          // A listener that throws changes nothing.
        }
      });
    }
  }

  return {
    async getMany(keys) {
      checkKeys(keys);
      return new Map(keys.flatMap((key) => toEntry(find(key))));
    },
    async list(prefix, page = {}) {
      const { cursor, limit } = checkListPage(prefix, page);
      const keys = [...histories.keys()]
        .filter((key) => key.startsWith(prefix) && (cursor === undefined || compareCodePoints(key, cursor) > 0))
        .sort(compareCodePoints);
      const documents = keys.flatMap((key) => find(key) ?? []);
      const shown = documents.slice(0, limit);
      const last = shown.at(-1);
      return documents.length > shown.length && last !== undefined ? { documents: shown, cursor: last.key } : { documents: shown };
    },
    async put(key, value, write) {
      const checked = checkPut(key, value, write);
      return toDocument(key, append(key, checked.text, checked), checked.text);
    },
    async delete(key, write) {
      const checked = checkDelete(key, write);
      const isNothing = find(key) === undefined && (checked.expectedVersion ?? 0) === 0;
      return isNothing ? null : append(key, null, checked).version;
    },
    async history(key, page = {}) {
      const { cursor, limit } = checkHistoryPage(key, page);
      const older = (histories.get(key) ?? []).filter(({ version }) => cursor === undefined || version < cursor).reverse();
      const versions = older.slice(0, limit).map((stored) => toVersion(key, stored));
      const last = versions.at(-1);
      return older.length > versions.length && last !== undefined ? { versions, cursor: last.version } : { versions };
    },
    async watch(listener) {
      // Wrapped, so that one function may listen twice.
      const own = (change: ConfigChange) => listener(change);
      listeners.add(own);
      return async () => void listeners.delete(own);
    },
  };
}

function toEntry(document: ConfigDocument | undefined): readonly (readonly [string, ConfigDocument])[] {
  return document === undefined ? [] : [[document.key, document]];
}

function toDocument(key: string, { version, author, note, updatedAt }: StoredVersion, text: string): ConfigDocument {
  return { key, value: JSON.parse(text) as Json, version, author: { ...author }, note, updatedAt };
}

function toVersion(key: string, stored: StoredVersion): ConfigVersion {
  const { version, text, note, updatedAt } = stored;
  if (text !== null) return { ...toDocument(key, stored, text), deleted: false };
  return { key, version, author: { ...stored.author }, note, updatedAt, deleted: true };
}
