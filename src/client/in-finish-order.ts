/** Items that are taken one by one; an async source may be as slow and as long as it likes. */
export type Source<Item> = Iterable<Item> | AsyncIterable<Item>;

/** One piece of work among many. */
export interface Turn {
  /** Counts the items from 0. */
  readonly index: number;
  /** Aborts with the caller's signal, and when the iteration is left. */
  readonly signal: AbortSignal;
  /** Lets no more work begin, and has this error thrown when the rest is over. The first one counts. */
  end(error: unknown): void;
}

/**
 * Works on many items at once and gives the results in the order in which they come. An item is taken when there is room for it: at most
 * `concurrency` are held, under way or over and not consumed yet. However the iteration ends, nothing is under way any more.
 *
 * After an abort, and when the source fails, nothing more is begun; what is under way is still given, and then the error is thrown.
 */
export function inFinishOrder<Item, Result>(
  items: Source<Item>,
  work: (item: Item, turn: Turn) => Promise<Result>,
  options: { readonly concurrency: number; readonly signal?: AbortSignal | undefined },
): AsyncIterableIterator<Result> {
  const stop = new AbortController();
  const results = iterate(items, work, { ...options, stop });
  return {
    next: () => results.next(),
    // Also ends a `next` that still waits; the generator alone would let it wait.
    return(value) {
      stop.abort();
      return results.return(value);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* iterate<Item, Result>(
  items: Source<Item>,
  work: (item: Item, turn: Turn) => Promise<Result>,
  options: { readonly concurrency: number; readonly signal?: AbortSignal | undefined; readonly stop: AbortController },
): AsyncGenerator<Result, void, undefined> {
  const { concurrency, signal, stop } = options;
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const results: Result[] = [];
  // A signal for each: Node warns of a leak when one has more than ten listeners.
  const underWay = new Set<AbortController>();
  let begun = 0;
  let isTaking = false;
  let isSourceOver = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const end = (error: unknown) => {
    failure ??= { error };
  };
  const isEnding = () => isSourceOver || failure !== undefined || stop.signal.aborted;
  const abort = () => stop.abort(signal?.reason);

  async function begin(item: Item): Promise<void> {
    const controller = new AbortController();
    underWay.add(controller);
    try {
      results.push(await work(item, { index: begun++, signal: controller.signal, end }));
    } catch (error) {
      end(error);
    }
    underWay.delete(controller);
    wake();
  }

  async function take(): Promise<void> {
    if (isTaking) return;
    isTaking = true;
    while (!isEnding() && underWay.size + results.length < concurrency) {
      try {
        const { done, value } = await source.next();
        if (done) isSourceOver = true;
        else if (!isEnding()) void begin(value);
      } catch (error) {
        isSourceOver = true;
        end(error);
      }
      if (isSourceOver) wake();
    }
    isTaking = false;
  }

  // Linked by hand: Node 20 collects the signals of `AbortSignal.any` as garbage while they are waited for.
  stop.signal.addEventListener("abort", () => {
    for (const controller of underWay) controller.abort(stop.signal.reason);
    wake();
  });
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    while (underWay.size + results.length > 0 || !isEnding()) {
      const changed = change();
      void take();
      if (results.length === 0) await changed;
      else {
        yield results[0] as Result;
        // Until the consumer asks for the next one, it is held.
        results.shift();
      }
    }
    signal?.throwIfAborted();
    if (failure) throw failure.error;
  } finally {
    signal?.removeEventListener("abort", abort);
    stop.abort();
    // One that fails to close changes nothing of what was done; one that is still asked for the next item may never answer.
    const closing = isSourceOver ? undefined : close(source).catch(() => undefined);
    while (underWay.size > 0) await change();
    if (!isTaking) await closing;
  }
}

async function close(source: Iterator<unknown> | AsyncIterator<unknown>): Promise<void> {
  await source.return?.();
}
