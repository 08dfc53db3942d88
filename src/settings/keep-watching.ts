import { systemClock } from "../basics/clock.ts";
import { tell } from "../basics/tell.ts";
import type { CachedConfigStoreOptions } from "./cached-config-store-options.ts";
import type { ConfigChange, ConfigStore } from "./config-store.ts";

/** A watch that is begun when it is first needed, and again where that fails. */
export interface LastingWatch {
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
  let isBegun = false;
  let isClosed = false;
  let stop: (() => Promise<void>) | undefined;
  let pauseMs = 1_000;
  let failedAt = Number.NEGATIVE_INFINITY;

  async function begin(): Promise<void> {
    isBegun = true;
    try {
      stop = await store.watch?.(listener);
      // Closed meanwhile, which did not wait for a store that may never answer.
      if (isClosed) await stop?.();
    } catch (error) {
      isBegun = false;
      failedAt = clock.now();
      pauseMs = Math.min(pauseMs * 2, 60_000);
      tell(onError, error);
    }
  }

  return {
    ensure() {
      // The distance, so that a clock that was set back holds nothing up.
      if (!isBegun && !isClosed && Math.abs(clock.now() - failedAt) >= pauseMs) begin();
    },
    async close() {
      isClosed = true;
      await stop?.();
    },
  };
}
