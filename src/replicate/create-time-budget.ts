/** A time that many works share, one after another; what passes between them does not count. */
export interface TimeBudget {
  /**
   * The result of `work`, or a rejection as soon as the time is used up or the outer signal aborts, whether `work` notices or not. One at a
   * time.
   */
  spend<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Aborts when the budget does, or when it is closed. */
  readonly signal: AbortSignal;
  /** Ends whatever goes on. */
  close(): void;
}

/** Begins one, of so many milliseconds. It must be closed. */
export function createTimeBudget(milliseconds: number, outer: AbortSignal | undefined): TimeBudget {
  const controller = new AbortController();
  let leftMs = milliseconds;
  let begun: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Of the work that goes on. A promise that all works share would hold what each of them gave.
  let stop: ((reason: unknown) => void) | undefined;

  const abort = (reason: unknown) => {
    clearTimeout(timer);
    outer?.removeEventListener("abort", follow);
    controller.abort(reason);
    stop?.(reason);
  };
  const follow = () => abort(outer?.reason);
  // One timer for many works, which are short: it looks how much is left, and goes to sleep again.
  const look = () => {
    timer = undefined;
    if (begun === undefined) return;
    const restMs = leftMs - (performance.now() - begun);
    if (restMs > 0) timer = setTimeout(look, restMs);
    else abort(new DOMException("No answer in time", "TimeoutError"));
  };

  if (outer?.aborted) follow();
  else outer?.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    close: () => abort(new DOMException("It is closed", "AbortError")),
    async spend(work) {
      controller.signal.throwIfAborted();
      begun = performance.now();
      timer ??= setTimeout(look, leftMs);
      try {
        return await new Promise((resolve, reject) => {
          stop = reject;
          work().then(resolve, reject);
        });
      } finally {
        stop = undefined;
        leftMs -= performance.now() - begun;
        begun = undefined;
      }
    },
  };
}
