import type { RunStore } from "../../runs/run-store.ts";

/** What a store may lack. */
export type RunStoreFeature = "advance";

/** What a case is given. */
export interface RunStoreContext {
  /** An empty store, shared with nobody. */
  createStore(): RunStore | Promise<RunStore>;
  /**
   * Lets so many milliseconds pass by the clock of the stores: moves it on or, where it cannot be moved, waits. No case asks for more
   * than 100 ms.
   */
  advance?(milliseconds: number): void | Promise<void>;
}

/** One thing that every `RunStore` must do. */
export interface RunStoreCase {
  readonly name: string;
  /** Present where only a store with this feature can do it. */
  readonly requires?: RunStoreFeature;
  /** Rejects with an `AssertionError` where the store does not. */
  run(context: RunStoreContext): Promise<void>;
}
