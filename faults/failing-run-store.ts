import { DatabaseUnavailableError } from "../src/errors/database-unavailable-error.ts";
import type { RunStore } from "../src/runs/run-store.ts";

/** How a run store fails. */
export interface StoreFault {
  readonly method: keyof RunStore;
  /** Whether it has done what it was asked when it fails. */
  readonly isApplied: boolean;
  /** Of how many calls, 0 to 1. The first one always fails. */
  readonly share: number;
}

/** A run store that fails as a database does whose connection breaks: now and then, in what it was asked or after it. */
export function failingRunStore(
  store: RunStore,
  { method, isApplied, share }: StoreFault,
  random: () => number,
  onFailure: () => void,
): RunStore {
  const act = store[method] as (...given: readonly unknown[]) => Promise<unknown>;
  let isFirst = true;
  return {
    ...store,
    async [method](...given: readonly unknown[]) {
      const isStruck = isFirst || random() < share;
      isFirst = false;
      if (isStruck) onFailure();
      if (isStruck && !isApplied) throw toFailure();
      const value = await act(...given);
      if (isStruck) throw toFailure();
      return value;
    },
  };
}

function toFailure(): DatabaseUnavailableError {
  return new DatabaseUnavailableError("The database does not answer: the connection broke", { retryable: true });
}
