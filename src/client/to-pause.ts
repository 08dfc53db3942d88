import type { Clock } from "../basics/clock.ts";
import { WaitTimeoutError } from "../errors/wait-timeout-error.ts";

/** How long a caller waits: until the deadline, by the client's clock, or until its signal aborts. */
export interface Waiting {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
}

/** Lets some milliseconds pass, or throws a `WaitTimeoutError` when the caller's time is over. */
export type Pause = (milliseconds: number) => Promise<void>;

/** The pauses of a caller who waits for a run. */
export function toPause({ clock }: { readonly clock: Clock }, runId: string, { signal, timeoutMs, deadlineMs }: Waiting): Pause {
  return async (milliseconds) => {
    const leftMs = deadlineMs - clock.now();
    if (leftMs <= 0) throw new WaitTimeoutError(runId, timeoutMs);
    await clock.sleep(Math.min(leftMs, milliseconds), signal);
  };
}
