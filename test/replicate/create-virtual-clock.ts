import type { Clock } from "../../src/basics/clock.ts";

/** A clock that moves when it is told to: no test waits, and none can be too slow. */
export interface VirtualClock extends Clock {
  /** Lets so much time go by, and everybody who sleeps wake at their times. */
  run(milliseconds: number): Promise<void>;
  /** Puts the clock on, or back. Sleep goes by another one, as timers do. */
  put(milliseconds: number): void;
  /** How many sleep. */
  sleeping(): number;
}

/** Starts one. `settle` resolves once all have done what they do at this moment. */
export function createVirtualClock({ startAt = Date.UTC(2026, 10, 21), settle = nextTurn } = {}): VirtualClock {
  let elapsed = 0;
  let offset = startAt;
  const sleepers = new Map<() => void, number>();
  return {
    now: () => offset + elapsed,
    sleeping: () => sleepers.size,
    put(milliseconds) {
      offset += milliseconds;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          sleepers.delete(wake);
          reject(signal?.reason);
        };
        const wake = () => {
          sleepers.delete(wake);
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        sleepers.set(wake, elapsed + milliseconds);
        signal?.addEventListener("abort", stop, { once: true });
        if (signal?.aborted) stop();
      }),
    async run(milliseconds) {
      const end = elapsed + milliseconds;
      for (;;) {
        await settle();
        const next = Math.min(...sleepers.values());
        if (next > end) break;
        elapsed = Math.max(elapsed, next);
        for (const [wake, at] of sleepers) if (at <= elapsed) wake();
      }
      elapsed = end;
      await settle();
    },
  };
}

/** Resolves when nothing is left to do but what waits for a timer, or for somebody else. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
