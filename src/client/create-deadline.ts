import type { Clock } from "../basics/clock.ts";

/** A time by which something is over. */
export interface Deadline {
  /** Aborts when the time has come. */
  readonly signal: AbortSignal;
  /** Forgets it, so that no timer keeps the process alive. */
  end(): void;
}

// Node takes a longer timer than 2^31 - 1 ms for one of 1 ms.
const longestMs = 2 ** 31 - 1;

/** A deadline in so many milliseconds by this clock; one that is more than 24 days away never comes. */
export function createDeadline(clock: Clock, milliseconds: number): Deadline {
  const [reached, over] = [new AbortController(), new AbortController()];
  if (milliseconds <= longestMs) {
    clock.sleep(milliseconds, over.signal).then(
      () => reached.abort(),
      () => undefined,
    );
  }
  return { signal: reached.signal, end: () => over.abort() };
}
