import type { ConfigChange, ConfigStore, DocumentMap } from "../../src/settings/config-store.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";

/** A reading of a gated store that waits to be let through. */
export interface GatedReading {
  readonly keys: readonly string[];
  /** Reads now, and answers with it. */
  pass(): void;
  /** Reads now, and answers only when the result is called. */
  read(): () => void;
  fail(error: Error): void;
}

/** A store whose readings and notifications come when a test lets them. */
export interface GatedStore {
  readonly store: ConfigStore;
  /** The store beneath, as another process writes to it: nobody is told. */
  readonly inner: ConfigStore;
  /** What waits to be let through, oldest first. With `isOpen` nothing waits. */
  readonly readings: GatedReading[];
  readonly listeners: Set<(change: ConfigChange) => void>;
  isOpen: boolean;
  /** How often it was read. */
  count: number;
}

export function createGatedStore(watch?: "watch"): GatedStore {
  const inner = memoryConfigStore();
  const gated: GatedStore = { store: inner, inner, readings: [], listeners: new Set(), isOpen: true, count: 0 };
  const { watch: _, ...rest } = inner;
  const store: ConfigStore = {
    ...rest,
    getMany(keys) {
      gated.count += 1;
      if (gated.isOpen) return inner.getMany(keys);
      return new Promise((resolve, reject) => {
        const leave = () => void gated.readings.splice(gated.readings.indexOf(reading), 1);
        const read = () => {
          leave();
          const documents: Promise<DocumentMap> = inner.getMany(keys);
          return () => resolve(documents);
        };
        const reading: GatedReading = {
          keys,
          read,
          pass: () => read()(),
          fail(error) {
            leave();
            reject(error);
          },
        };
        gated.readings.push(reading);
      });
    },
    ...(watch && {
      async watch(listener: (change: ConfigChange) => void) {
        gated.listeners.add(listener);
        return async () => void gated.listeners.delete(listener);
      },
    }),
  };
  return Object.assign(gated, { store });
}
