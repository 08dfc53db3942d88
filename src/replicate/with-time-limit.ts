/**
 * The result of `work`, or a rejection as soon as its time is over or the outer signal aborts; `work` gets a signal of both. It does not
 * count on `fetch` to see the abort: Node 20 collects `AbortSignal.timeout()` and the signals that a pending `fetch` follows as garbage,
 * and a call that hangs would then hang for ever.
 */
export async function withTimeLimit<Value>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort(outer?.reason);
  if (outer?.aborted) stop();
  outer?.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(() => controller.abort(new DOMException("No answer in time", "TimeoutError")), milliseconds);
  try {
    return await new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      work(signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", stop);
  }
}
