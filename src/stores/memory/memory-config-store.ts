import { tell } from "../../basics/tell.ts";
import { VersionConflictError } from "../../errors/version-conflict-error.ts";
import { checkCall } from "../../settings/check-call.ts";
import type { Author, ConfigChange, ConfigDocument, ConfigStore, ConfigVersion } from "../../settings/config-store.ts";
import { compareCodePoints } from "./compare-code-points.ts";
import { toPage } from "./to-page.ts";

/** What is written: a value, or with none a deletion. */
interface Write {
  readonly key: string;
  readonly value?: unknown;
  readonly author: Author;
  readonly note: string | null;
  readonly expectedVersion?: number | undefined;
}

/**
 * Settings in the memory of this process: for tests, demos and services that set them in code. They end with the process.
 * `clock` gives milliseconds since 1970.
 *
 * @example
 * ```ts
 * import { createSettings, memoryConfigStore } from "restage";
 *
 * const settings = createSettings({ store: memoryConfigStore() });
 * ```
 */
export function memoryConfigStore({ clock = () => Date.now() }: { readonly clock?: (() => number) | undefined } = {}): ConfigStore {
  // By key all versions as JSON, oldest first, so that every reading is a copy.
  const histories = new Map<string, string[]>();
  const listeners = new Set<(change: ConfigChange) => void>();

  function find(key: string): ConfigDocument | undefined {
    const newest = histories.get(key)?.at(-1);
    const { deleted, ...document } = newest === undefined ? { deleted: true } : toVersion(newest);
    return deleted ? undefined : (document as ConfigDocument);
  }

  function append({ expectedVersion, ...written }: Write): number {
    const { key } = written;
    const currentVersion = find(key)?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
      throw new VersionConflictError(key, expectedVersion, currentVersion);
    }
    const history = histories.get(key) ?? [];
    const version = history.length + 1;
    history.push(JSON.stringify({ ...written, version, updatedAt: new Date(clock()), deleted: !("value" in written) }));
    histories.set(key, history);
    for (const listener of listeners) queueMicrotask(() => listeners.has(listener) && tell(listener, { key, version }));
    return version;
  }

  return {
    async getMany(keys) {
      for (const key of keys) checkCall("key", key, { key });
      const documents = keys.flatMap((key) => find(key) ?? []);
      return new Map(documents.map((document) => [document.key, document]));
    },
    async list(prefix, page) {
      const { cursor, limit } = checkCall("list", prefix, { ...page, prefix });
      const keys = [...histories.keys()]
        .filter((key) => key.startsWith(prefix) && (cursor === undefined || compareCodePoints(key, cursor) > 0))
        .sort(compareCodePoints);
      const { items, last } = toPage(
        keys.flatMap((key) => find(key) ?? []),
        limit,
      );
      return { documents: items, ...(last && { cursor: last.key }) };
    },
    async put(key, value, write) {
      append(checkCall("put", key, { ...write, key, value }));
      return find(key) as ConfigDocument;
    },
    async delete(key, write) {
      const checked = checkCall("delete", key, { ...write, key });
      return find(key) === undefined && !checked.expectedVersion ? null : append(checked);
    },
    async history(key, page) {
      const { cursor = Number.POSITIVE_INFINITY, limit } = checkCall("history", key, { ...page, key });
      const older = (histories.get(key) ?? []).slice(0, cursor - 1).reverse();
      const { items, last } = toPage(older.map(toVersion), limit);
      return { versions: items, ...(last && { cursor: last.version }) };
    },
    async trail(page) {
      const { cursor, limit } = checkCall("trail", "", { ...page });
      const isAfter = ({ key, version }: ConfigVersion) =>
        cursor === undefined || compareCodePoints(key, cursor.key) > 0 || (key === cursor.key && version > cursor.version);
      const keys = [...histories.keys()].sort(compareCodePoints);
      const versions = keys.flatMap((key) => histories.get(key) ?? []).map(toVersion);
      const { items, last } = toPage(versions.filter(isAfter), limit);
      return { versions: items, ...(last && { cursor: `${last.version} ${last.key}` }) };
    },
    async watch(listener) {
      // Wrapped, so that one function may listen twice.
      const own = (change: ConfigChange) => listener(change);
      listeners.add(own);
      return async () => void listeners.delete(own);
    },
  };
}

function toVersion(text: string): ConfigVersion {
  return JSON.parse(text) as ConfigVersion;
}
