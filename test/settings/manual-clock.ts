import type { Clock } from "../../src/basics/clock.ts";

/** A clock that stands until it is told to go on. */
export interface ManualClock extends Clock {
  /** Lets time pass, and everything happen that this sets off. */
  advance(milliseconds: number): Promise<void>;
}

export function createManualClock(): ManualClock {
  let time = Date.UTC(2026, 0, 1);
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  return {
    now: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { until: time + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async advance(milliseconds) {
      time += milliseconds;
      for (const sleeper of sleepers) {
        if (sleeper.until > time) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await settled();
    },
  };
}

/** Once everything has happened that needs no more time. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
