import type { Window } from "../replicate/list-predictions.ts";
import type { Prediction } from "../replicate/prediction.ts";

/** Every prediction of a window. */
export type List = (window: Window) => Promise<readonly Prediction[]>;

/**
 * One listing at a time for everybody who asks: who asks while one is under way shares the next, whose window holds all of theirs. What is
 * given was listed after it was asked for.
 */
export function shareListings(list: List): List {
  let current: Promise<unknown> = Promise.resolve();
  let next: { window: Window; readonly listing: Promise<readonly Prediction[]> } | undefined;
  return (window) => {
    if (next !== undefined) {
      const { fromMs, toMs } = next.window;
      next.window = { fromMs: Math.min(fromMs, window.fromMs), toMs: Math.max(toMs, window.toMs) };
      return next.listing;
    }
    const listing = current.then(() => {
      const wanted = next?.window ?? window;
      next = undefined;
      return list(wanted);
    });
    next = { window, listing };
    current = listing.catch(() => undefined);
    return listing;
  };
}
