import { ClientClosedError } from "../errors/client-closed-error.ts";
import { createSignalFollowers } from "./create-signal-followers.ts";

/** What a client has under way, and the end of it. */
export interface InFlight {
  /**
   * Does work whose signal aborts with the caller's, for its reason, or when everything is closed, with a `ClientClosedError`.
   * @throws {ClientClosedError} when no new work is taken any more; `work` is not called.
   */
  run<Value>(work: (signal: AbortSignal) => Promise<Value>, signal?: AbortSignal): Promise<Value>;
  /** Takes no new work, and resolves when all that is under way is over. Never rejects. */
  drain(): Promise<void>;
  /** Takes no new work, aborts what is under way, and resolves when all of it is over. Never rejects. */
  close(): Promise<void>;
}

/** Nothing is under way yet. */
export function createInFlight(): InFlight {
  const underWay = new Set<AbortController>();
  const follow = createSignalFollowers();
  let isClosed = false;
  let tellOver = () => {};
  const over = new Promise<void>((resolve) => {
    tellOver = resolve;
  });

  async function run<Value>(work: (signal: AbortSignal) => Promise<Value>, outer?: AbortSignal): Promise<Value> {
    if (isClosed) throw new ClientClosedError();
    // Linked by hand: Node 20 collects the signals of `AbortSignal.any` as garbage while they are waited for.
    const controller = new AbortController();
    const leave = outer && follow(outer, controller);
    underWay.add(controller);
    try {
      return await work(controller.signal);
    } finally {
      leave?.();
      underWay.delete(controller);
      tellIfOver();
    }
  }

  function tellIfOver(): void {
    if (isClosed && underWay.size === 0) tellOver();
  }

  function drain(): Promise<void> {
    isClosed = true;
    tellIfOver();
    return over;
  }

  function close(): Promise<void> {
    isClosed = true;
    // An error for each: whoever catches it may note on it which run it is about.
    for (const controller of underWay) controller.abort(new ClientClosedError());
    return drain();
  }

  return { run, drain, close };
}
