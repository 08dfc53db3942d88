import {
  createFixedWindow,
  createSlidingWindow,
  createTokenBucket,
  type RateLimit,
  type RateLimitAlgorithm,
  type RateLimitOptions,
} from "./rate-limit.ts";

/** What a request counts as. */
export type RateClass = "create" | "other" | "free";

/** The limits of an account. */
export interface RateLimiter {
  take(rateClass: RateClass, now: number, hasLowCredit: boolean): ReturnType<RateLimit["take"]>;
}

/** The rate limits of an account (Replicate HTTP API docs, 2026-11): 600 creates and 3000 others a minute; with low credit 6 creates, one at a time. */
export function createRateLimiter(options: RateLimitOptions | false, minuteMs: number): RateLimiter {
  if (options === false) return { take: () => ({ granted: true }) };
  const { algorithm = "token_bucket", createsPerMinute = 600, othersPerMinute = 3000, burstSeconds = 6 } = options;
  const makers: Record<RateLimitAlgorithm, (limit: number) => RateLimit> = {
    token_bucket: (limit) => createTokenBucket(limit, minuteMs, Math.max(1, Math.floor((limit * burstSeconds) / 60))),
    fixed_window: (limit) => createFixedWindow(limit, minuteMs),
    sliding_window: (limit) => createSlidingWindow(limit, minuteMs),
  };
  const create = makers[algorithm](createsPerMinute);
  const other = makers[algorithm](othersPerMinute);
  const lowCredit = createTokenBucket(6, minuteMs, 1);
  return {
    take(rateClass, now, hasLowCredit) {
      if (rateClass === "free") return { granted: true };
      if (rateClass === "other") return other.take(now);
      return hasLowCredit ? lowCredit.take(now) : create.take(now);
    },
  };
}
