import { type Clock, systemClock } from "../basics/clock.ts";
import { cacheReadings } from "./cache-readings.ts";
import type { ConfigStore } from "./config-store.ts";
import { keepWatching } from "./keep-watching.ts";

/** How long a cache keeps what it read. */
export interface CachedConfigStoreOptions {
  /** How old settings may be where the store does not tell of changes. Default 5,000. */
  readonly maximumAgeMs?: number | undefined;
  /** How old they may be while it does. Default 60,000. */
  readonly maximumWatchedAgeMs?: number | undefined;
  /** How long the store may take before the last good reading stands in for its answer. Default 2,000. */
  readonly timeLimitMs?: number | undefined;
  /** How long a reading is not tried again after it failed. Default 1,000. */
  readonly retryMs?: number | undefined;
  /** Told of every failure that the cache makes up for. */
  readonly onError?: ((error: unknown) => unknown) | undefined;
  /** Default: real time. */
  readonly clock?: Clock | undefined;
}

/** A store that remembers what it read. */
export interface CachedConfigStore extends ConfigStore {
  /** Ends the watch on the store. Reading goes on, by time. */
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
  const {
    maximumAgeMs = 5_000,
    maximumWatchedAgeMs = 60_000,
    timeLimitMs = 2_000,
    retryMs = 1_000,
    onError,
    clock = systemClock,
  } = options;
  const { get, expire } = cacheReadings({
    read: (keys) => store.getMany(keys),
    toMaximumAgeMs: () => (watch.isLive() ? maximumWatchedAgeMs : maximumAgeMs),
    timeLimitMs,
    retryMs,
    clock,
    onError,
  });
  const watch = keepWatching(store, ({ key }) => expire(key), clock, onError);

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
    async close() {
      await watch.close();
      expire(null);
    },
  };
}
