import type { BudgetStore } from "../../books/budget/budget-store.ts";

/** What a store may lack. */
export type BudgetStoreFeature = "advance";

/** What a case is given. */
export interface BudgetStoreContext {
  /** An empty store, shared with nobody. */
  createStore(): BudgetStore | Promise<BudgetStore>;
  /**
   * Lets so many milliseconds pass by the clock of the stores: moves it on or, where it cannot be moved, waits. No case asks for more
   * than 100 ms.
   */
  advance?(milliseconds: number): void | Promise<void>;
}

/** One thing that every `BudgetStore` must do. */
export interface BudgetStoreCase {
  readonly name: string;
  /** Present where only a store with this feature can do it. */
  readonly requires?: BudgetStoreFeature;
  /** Rejects with an `AssertionError` where the store does not. */
  run(context: BudgetStoreContext): Promise<void>;
}
