import { type Clock, systemClock } from "../basics/clock.ts";

/** A clock that runs `speed` times as fast as real time, from now on. */
export function createFastClock(speed: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / speed, signal),
  };
}
