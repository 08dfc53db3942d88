import { type Clock, systemClock } from "../basics/clock.ts";
import { type AccountLimits, parseLimits } from "./account-limits.ts";
import { createGrantQueue } from "./create-grant-queue.ts";
import { toFreshState, toGrant, toThrottled } from "./limit-state.ts";
import type { CallKind, Limiter } from "./limiter.ts";

/** How a limiter is set up. */
export interface LimiterOptions extends AccountLimits {
  /** Default: real time. */
  readonly clock?: Clock | undefined;
}

/**
 * Keeps all who share it within the limits of an account, in one process. Several processes on one account take a `share` each, or
 * `postgresLimiter`.
 *
 * Calls are paced evenly at 97 % of the limit, so that it makes no difference how Replicate counts. A 429 holds all calls of its kind for
 * as long as it says, and where it does not say, for 1 s, 2 s, 4 s … up to a minute. Recurring ones slow the pace down, which then
 * recovers by 2 % of the limit a minute. With low credit it goes at 6 creates a minute and tries from time to time whether that is over.
 * @throws {InvalidRequestError} naming the options that do not fit.
 *
 * @example
 * ```ts
 * import { createLimiter, StagingClient } from "restage";
 *
 * // Another program has half of the account's limits.
 * const client = new StagingClient({ limiter: createLimiter({ share: 0.5 }) });
 * ```
 */
export function createLimiter(options: LimiterOptions = {}): Limiter {
  const limits = parseLimits(options);
  const { clock = systemClock } = options;
  const started = toFreshState(clock.now());
  const states = { create: started, other: started };

  const toQueue = (kind: CallKind) =>
    createGrantQueue(clock, () => {
      const { state, waitMs } = toGrant(states[kind], clock.now(), limits[kind]);
      states[kind] = state;
      return { isGranted: waitMs === 0, waitMs };
    });
  const queues = { create: toQueue("create"), other: toQueue("other") };

  return {
    acquire: (kind, ...how) => queues[kind](...how),
    async throttled(throttle) {
      const { kind } = throttle;
      states[kind] = toThrottled(states[kind], throttle, clock.now(), limits[kind]);
    },
  };
}
