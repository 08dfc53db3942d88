import type { Clock } from "../basics/clock.ts";

/** A time by which something is over. */
export interface Deadline {
  /** Aborts when the time has come. */
  readonly signal: AbortSignal;
  /** Forgets it, so that no timer keeps the process alive. */
  end(): void;
}

/** A deadline in so many milliseconds by this clock; Infinity never comes. */
export function createDeadline(clock: Clock, milliseconds: number): Deadline {
  const [reached, over] = [new AbortController(), new AbortController()];
  if (milliseconds < Number.POSITIVE_INFINITY) {
    clock.sleep(milliseconds, over.signal).then(
      () => reached.abort(),
      () => undefined,
    );
  }
  return { signal: reached.signal, end: () => over.abort() };
}
