import type { ConfigStore } from "../../settings/config-store.ts";

/** What a store may lack. */
export type ConfigStoreFeature = "watch";

/** What a case is given. */
export interface ConfigStoreContext {
  /** An empty store, shared with nobody. */
  createStore(): ConfigStore | Promise<ConfigStore>;
}

/** One thing that every `ConfigStore` must do. */
export interface ConfigStoreCase {
  readonly name: string;
  /** Present where only a store with this feature can do it. */
  readonly requires?: ConfigStoreFeature;
  /** Rejects with an `AssertionError` where the store does not. */
  run(context: ConfigStoreContext): Promise<void>;
}
