import { once } from "../../basics/once.ts";
import type { RunStore } from "../../runs/run-store.ts";

/** A run store that is opened when it is first needed. */
export function deferRunStore(open: () => Promise<RunStore>): RunStore {
  const store = once(open);
  return {
    create: async (run) => (await store()).create(run),
    get: async (id) => (await store()).get(id),
    update: async (id, expectedVersion, patch) => (await store()).update(id, expectedVersion, patch),
    claim: async (options) => (await store()).claim(options),
    list: async (filter) => (await store()).list(filter),
    summarise: async (options) => (await store()).summarise(options),
    purge: async (options) => (await store()).purge(options),
  };
}
