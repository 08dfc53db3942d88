import type { Clock } from "../basics/clock.ts";
import { ThrottledError } from "../errors/throttled-error.ts";

/** What came of asking for a grant. */
export interface Asked {
  readonly isGranted: boolean;
  /** When to ask for the next one, in milliseconds from now. */
  readonly waitMs: number;
}

// Longer ones are slept in parts: Node takes a timer beyond 2^31 - 1 ms for one of 1 ms.
const longestSleepMs = 60_000;

/**
 * Gives grants to those who wait for them, in the order of asking: `ask` is asked for one at a time, told whether another one will be
 * wanted. Whoever aborts leaves at once, and so does who would have to wait for longer than is of use; where nobody waits, nothing runs. An
 * error of `ask` goes to all who wait.
 */
export function createGrantQueue(
  clock: Clock,
  ask: (wantsMore: boolean) => Asked | Promise<Asked>,
): (signal?: AbortSignal, patienceMs?: number) => Promise<void> {
  interface Waiter {
    readonly untilMs: number;
    resolve(): void;
    reject(reason: unknown): void;
  }
  const waiting = new Set<Waiter>();
  // Goes on behind those who left; one of its own for each grant would pass by all of them again.
  let line = waiting.values();
  let isServing = false;
  let nextMs = 0;
  let pause = new AbortController();

  function takeFirst(): Waiter | undefined {
    let { value: first } = line.next();
    if (first === undefined) {
      line = waiting.values();
      first = line.next().value;
    }
    if (first !== undefined) waiting.delete(first);
    return first;
  }

  function dismissImpatient(waiters: Iterable<Waiter>): void {
    for (const waiter of waiters) {
      if (waiter.untilMs >= nextMs) continue;
      waiting.delete(waiter);
      waiter.reject(new ThrottledError(nextMs - clock.now()));
    }
  }

  async function sleep(waitMs: number): Promise<void> {
    pause = new AbortController();
    const { signal } = pause;
    await clock.sleep(Math.min(Math.ceil(waitMs), longestSleepMs), signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }

  async function serve(): Promise<void> {
    isServing = true;
    try {
      while (waiting.size > 0) {
        const { isGranted, waitMs } = await ask(waiting.size > 1);
        nextMs = clock.now() + waitMs;
        if (isGranted) takeFirst()?.resolve();
        dismissImpatient(waiting);
        if (waiting.size > 0 && waitMs > 0) await sleep(waitMs);
      }
    } catch (error) {
      for (const waiter of waiting) waiter.reject(error);
      waiting.clear();
    } finally {
      isServing = false;
      nextMs = 0;
    }
  }

  return (signal, patienceMs = Number.POSITIVE_INFINITY) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = () => {
        waiting.delete(waiter);
        if (waiting.size === 0) pause.abort();
        reject(signal?.reason);
      };
      const settle = (end: () => void) => {
        signal?.removeEventListener("abort", stop);
        end();
      };
      const untilMs = clock.now() + patienceMs;
      const waiter: Waiter = { untilMs, resolve: () => settle(resolve), reject: (reason) => settle(() => reject(reason)) };
      signal?.addEventListener("abort", stop, { once: true });
      waiting.add(waiter);
      dismissImpatient([waiter]);
      if (!isServing) void serve();
    });
}
