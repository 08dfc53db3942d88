import { systemClock } from "../basics/clock.ts";
import { tell } from "../basics/tell.ts";
import type { CachedConfigStoreOptions } from "./cached-config-store-options.ts";
import type { ConfigChange, ConfigStore } from "./config-store.ts";

/** A watch that is begun when it is first needed, and again where that fails. */
export interface LastingWatch {
  /** Whether the store tells of changes now. */
  isLive(): boolean;
  /** Begins to watch, in the background, unless that was done or failed only just now. */
  ensure(): void;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** Watches a store that can be watched; tries again after 1 second, 2, 4, up to a minute. */
export function keepWatching(
  store: ConfigStore,
  listener: (change: ConfigChange) => void,
  { clock = systemClock, onError }: CachedConfigStoreOptions,
): LastingWatch {
  let attempt: Promise<void> | undefined;
  let stop: (() => Promise<void>) | undefined;
  let isClosed = false;
  let pauseMs = 1_000;
  let failedAt = Number.NEGATIVE_INFINITY;

  const start = async (): Promise<void> => {
    try {
      stop = await store.watch?.(listener);
    } catch (error) {
      attempt = undefined;
      failedAt = clock.now();
      pauseMs = Math.min(pauseMs * 2, 60_000);
      tell(onError, error);
    }
  };

  return {
    isLive: () => stop !== undefined,
    ensure() {
      // The distance, so that a clock that was set back holds nothing up.
      if (store.watch && !isClosed && Math.abs(clock.now() - failedAt) >= pauseMs) attempt ??= start();
    },
    async close() {
      isClosed = true;
      await attempt;
      await stop?.();
      stop = undefined;
    },
  };
}
