import type { RunRecord } from "../src/runs/run.ts";

/** By the design a create that certainly came to nothing is sent once more, once only: one that is lost again is a person's. */
export function sentTwice({ attempts }: RunRecord): string | undefined {
  return attempts.length >= 2 ? "its second create was lost, too" : undefined;
}
