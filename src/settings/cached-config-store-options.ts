import type { Clock } from "../basics/clock.ts";

/** How long a cache keeps what it read. */
export interface CachedConfigStoreOptions {
  /** How old settings may be while the store can be read, whether or not it tells of changes. Default 5,000. */
  readonly maximumAgeMs?: number | undefined;
  /** How long the store may take before the last good reading stands in for its answer. Default 2,000. */
  readonly timeLimitMs?: number | undefined;
  /** How long a reading is not tried again after it failed. Default 1,000. */
  readonly retryMs?: number | undefined;
  /** Told of every failure that the cache makes up for. */
  readonly onError?: ((error: unknown) => unknown) | undefined;
  /** Default: real time. */
  readonly clock?: Clock | undefined;
}
