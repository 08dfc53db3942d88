/** What counts requests. Replicate does not say which it uses. */
export type RateLimitAlgorithm = "token_bucket" | "fixed_window" | "sliding_window";

/** The rate limits of the simulator. */
export interface RateLimitOptions {
  /** Default `"token_bucket"`. */
  readonly algorithm?: RateLimitAlgorithm;
  /** Default 600 (Replicate HTTP API docs, 2026-11). */
  readonly createsPerMinute?: number;
  /** All requests but creates and downloads of outputs. Default 3000 (Replicate HTTP API docs, 2026-11). */
  readonly othersPerMinute?: number;
  /** How many seconds' worth of requests a token bucket lets through at once. Default 6: "short bursts" are tolerated. */
  readonly burstSeconds?: number;
}

/** Counts requests of one kind. */
export interface RateLimit {
  /** Grants a request at this time, or tells when the next one would be granted. Both in milliseconds. */
  take(now: number): { readonly granted: true } | { readonly granted: false; readonly retryAt: number };
}

const granted = { granted: true } as const;

/** A bucket that holds `burst` grants and refills evenly, `limit` in a window. */
export function createTokenBucket(limit: number, windowMs: number, burst: number): RateLimit {
  let tokens = burst;
  let filledAt = Number.NEGATIVE_INFINITY;
  return {
    take(now) {
      tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / windowMs) * limit);
      filledAt = now;
      // What is left after many additions is a hair below the whole number.
      if (tokens < 1 - 1e-9) return { granted: false, retryAt: now + ((1 - tokens) / limit) * windowMs };
      tokens -= 1;
      return granted;
    },
  };
}

/** `limit` grants in each window of the clock. */
export function createFixedWindow(limit: number, windowMs: number): RateLimit {
  let window = Number.NaN;
  let count = 0;
  return {
    take(now) {
      const current = Math.floor(now / windowMs);
      if (current !== window) [window, count] = [current, 0];
      if (count >= limit) return { granted: false, retryAt: (current + 1) * windowMs };
      count += 1;
      return granted;
    },
  };
}

/** `limit` grants in the window that ends now. */
export function createSlidingWindow(limit: number, windowMs: number): RateLimit {
  let grants: number[] = [];
  return {
    take(now) {
      grants = grants.filter((at) => at > now - windowMs);
      const oldest = grants[0];
      if (oldest !== undefined && grants.length >= limit) return { granted: false, retryAt: oldest + windowMs };
      grants.push(now);
      return granted;
    },
  };
}
