import { type Clock, sleep } from "../client/clock.ts";

/** A clock that runs `speed` times as fast as real time, from now on. */
export function createFastClock(speed: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (milliseconds, signal) => sleep(milliseconds / speed, signal),
  };
}
