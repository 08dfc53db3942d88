import type { RunStore } from "../runs/run-store.ts";
import { memoryRunStore } from "../stores/memory/memory-run-store.ts";

/** A place for runs that never ran, and the books of a service in which those are found by their id, and nowhere else. */
export interface Beside {
  /** In memory. */
  readonly simulated: RunStore;
  /** Lists and sums up only what is in the books. */
  readonly shown: RunStore;
}

/** Keeps what is simulated beside the books of a service, where it would count as paid. */
export function keepBeside(books: RunStore): Beside {
  const simulated = memoryRunStore();
  const storeOf = async (id: string) => ((await simulated.get(id)) === undefined ? books : simulated);
  return {
    simulated,
    shown: {
      ...books,
      get: async (id) => (await storeOf(id)).get(id),
      update: async (id, expectedVersion, patch) => (await storeOf(id)).update(id, expectedVersion, patch),
    },
  };
}
