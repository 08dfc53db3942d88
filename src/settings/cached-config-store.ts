import { cacheReadings } from "./cache-readings.ts";
import type { CachedConfigStoreOptions } from "./cached-config-store-options.ts";
import type { ConfigStore } from "./config-store.ts";
import { keepWatching } from "./keep-watching.ts";

/** A store that remembers what it read. */
export interface CachedConfigStore extends ConfigStore {
  /** Ends the watch on the store; one that is only beginning is not waited for. Reading goes on, by time. */
  close(): Promise<void>;
}

/**
 * Keeps what `getMany` reads, around any store. It asks once for all who ask at the same time, reads again in the background from half of
 * the maximum age on, and at once after a change that the store tells of or that is written through it. While the store cannot be read,
 * the last good reading stands in for it, marked by `outdatedSince`; only a first reading throws. Documents are frozen.
 * All else is passed on to the store.
 *
 * @example
 * ```ts
 * import { cachedConfigStore, createSettings, memoryConfigStore } from "restage";
 *
 * const store = cachedConfigStore(memoryConfigStore(), { onError: (error) => console.warn(error) });
 * const settings = createSettings({ store });
 * console.log(await settings.active());
 * await store.close();
 * ```
 */
export function cachedConfigStore(store: ConfigStore, options: CachedConfigStoreOptions = {}): CachedConfigStore {
  const { get, expire } = cacheReadings(store, options);
  const watch = keepWatching(store, ({ key }) => expire(key), options);

  return {
    getMany(keys) {
      watch.ensure();
      return get(keys);
    },
    list: (prefix, page) => store.list(prefix, page),
    // After a failure, too: the store may have written before its answer was lost.
    put: (key, value, write) => store.put(key, value, write).finally(() => expire(key)),
    delete: (key, write) => store.delete(key, write).finally(() => expire(key)),
    history: (key, page) => store.history(key, page),
    trail: (page) => store.trail(page),
    ...(store.watch && {
      watch: (listener) =>
        // Expired first, so that a listener who reads at once reads the change.
        (store as Required<ConfigStore>).watch((change) => {
          expire(change.key);
          listener(change);
        }),
    }),
    close: watch.close,
  };
}
