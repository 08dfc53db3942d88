/**
 * Makes the timers of this process run so many times as fast: the pauses and time limits of the packages in it, and those of Node's own
 * `fetch`. So every client keeps its own durations, at the scale of the simulator.
 */
export function hastenTimers(speed: number): void {
  const plain = globalThis.setTimeout;
  const hastened = (callback: (...given: unknown[]) => void, milliseconds = 0, ...given: unknown[]) =>
    plain(callback, milliseconds / speed, ...given);
  globalThis.setTimeout = Object.assign(hastened, plain) as typeof plain;
}
