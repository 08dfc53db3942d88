import type { FaultKind } from "../fault-kind.ts";
import { longHour } from "../scale.ts";

/** Processes that end or stand still between any two steps. */
export const processKinds: readonly FaultKind[] = [
  {
    name: "killed",
    title: "SIGKILL between any two steps",
    needs: "processes",
    strikes: ["create"],
    created: "mixed",
    replicate: longHour,
  },
  {
    name: "killed-lost-answers",
    title: "SIGKILL between any two steps, answers are lost, too",
    needs: "processes",
    strikes: ["create"],
    created: "mixed",
    replicate: longHour,
    arrange(world) {
      world.strike({ on: "create", kind: "reset", when: "after_accept" }, 0.15);
      world.strike({ on: "create", kind: "reset", when: "after_read" }, 0.15);
    },
  },
];

/** What no client can rule out while Replicate takes no idempotency key: a process that stands still just before it sends, past its lease. */
export const namedRisk: FaultKind = {
  name: "frozen",
  title: "SIGSTOP past the lease, then SIGCONT",
  needs: "processes",
  strikes: ["create"],
  created: "mixed",
  replicate: longHour,
  isNamedRisk: true,
};
