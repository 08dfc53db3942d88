import type { Clock } from "../basics/clock.ts";
import { StoreTimeoutError } from "../errors/store-timeout-error.ts";

/**
 * What a store answers. The answer may still come after the time limit.
 * @throws {StoreTimeoutError} when it takes longer.
 */
export async function answerWithin<Value>(timeLimitMs: number, clock: Clock, answer: Promise<Value>): Promise<Value> {
  const done = new AbortController();
  const limit = clock.sleep(timeLimitMs, done.signal).then(() => {
    throw new StoreTimeoutError(timeLimitMs);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    done.abort();
  }
}
