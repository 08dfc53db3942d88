import type { RunStore } from "../../src/runs/run-store.ts";
import type { FaultKind } from "../fault-kind.ts";

// What a staging calls.
const methods: Readonly<Partial<Record<keyof RunStore, string>>> = {
  create: "writing a run down",
  get: "reading a run",
  update: "changing a run",
  claim: "claiming runs",
  list: "listing runs",
};

/** A run store that fails at each of its calls in turn, before or after it did what it was asked. */
export const storeKinds: readonly FaultKind[] = Object.entries(methods).flatMap(([method, doing]) =>
  [false, true].map(
    (isApplied): FaultKind => ({
      name: `store-${method}${isApplied ? "-applied" : ""}`,
      title: `the run store fails at ${doing}, ${isApplied ? "after it did" : "and does not"}`,
      needs: "books",
      strikes: ["create"],
      created: "mixed",
      store: { method: method as keyof RunStore, isApplied, share: method === "update" ? 0.1 : 0.3 },
      arrange(world) {
        world.strike({ on: "create", kind: "reset", when: "after_accept" }, 0.1);
        world.strike({ on: "create", kind: "reset", when: "after_read" }, 0.1);
      },
    }),
  ),
);
