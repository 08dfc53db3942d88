import type { Clock } from "../basics/clock.ts";
import { WaitTimeoutError } from "../errors/wait-timeout-error.ts";
import type { RunRecord } from "../runs/run.ts";

/** How long a caller waits: until the deadline, by the client's clock, or until its signal aborts. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** The caller's own signal, where its abort cancels the run, too. */
  readonly cancelSignal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  /** Does a pause where others may work meanwhile. */
  readonly aside?: (pause: () => Promise<void>) => Promise<void>;
}

/**
 * Lets some milliseconds pass, and gives how many: less where the caller's time ends before.
 * @throws {WaitTimeoutError} when it is over.
 */
export interface Pause {
  (milliseconds: number): Promise<number>;
  /** What wakes up whoever pauses. */
  readonly signal: AbortSignal;
}

/** The pauses of a caller who waits for a run. */
export function toPause(
  { clock }: { readonly clock: Clock },
  { id, attempts }: Pick<RunRecord, "id" | "attempts">,
  { signal, timeoutMs, deadlineMs, aside = (pause) => pause() }: Waiting,
): Pause {
  const pause = async (milliseconds: number) => {
    const leftMs = deadlineMs - clock.now();
    if (leftMs <= 0) throw new WaitTimeoutError(id, timeoutMs, attempts.at(-1)?.predictionId);
    const pauseMs = Math.min(leftMs, milliseconds);
    await aside(() => clock.sleep(pauseMs, signal));
    return pauseMs;
  };
  return Object.assign(pause, { signal });
}
