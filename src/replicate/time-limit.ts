/** A bound on how long some work may take. */
export interface TimeLimit {
  /** Aborts when the time is over, or when the outer signal does. */
  readonly signal: AbortSignal;
  /** The work's result, or a rejection as soon as `signal` aborts. */
  hold<Value>(work: Promise<Value>): Promise<Value>;
  /** Ends the limit: for work that is done. */
  end(): void;
}

/**
 * Starts a limit of time. It does not count on `fetch` to see the abort: Node 20 collects `AbortSignal.timeout()` and the signals that
 * a pending `fetch` follows as garbage, and a call that hangs would then hang for ever.
 */
export function startTimeLimit(milliseconds: number, outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort(outer?.reason);
  if (outer?.aborted) stop();
  outer?.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(() => controller.abort(new DOMException("No answer in time", "TimeoutError")), milliseconds);
  return {
    signal,
    hold: (work) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        work.then(resolve, reject);
      }),
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", stop);
    },
  };
}
