import type { Outcome } from "../../src/testing/index.ts";
import type { FaultKind } from "../fault-kind.ts";

const outcome = (name: string, title: string, wanted: Outcome): FaultKind => ({
  name,
  title,
  needs: "http",
  strikes: [],
  created: "not struck",
  arrange: ({ simulator }) => simulator.outcomes.add({ ...wanted, times: Number.POSITIVE_INFINITY }),
});

/** What is no fault of a connection: nothing at all, for a baseline, and ends of predictions that a client has to know. */
export const outcomeKinds: readonly FaultKind[] = [
  outcome("nothing-wrong", "nothing goes wrong", {}),
  outcome("aborted", "the prediction ends as `aborted`, unpaid", { status: "aborted" }),
  outcome("aborted-late", "the prediction waits for 90 s and ends as `aborted`, unpaid", { status: "aborted", startingMs: 90_000 }),
  outcome("long-run", "the run takes 90 s, longer than a create is held open", { durationMs: 90_000 }),
];
