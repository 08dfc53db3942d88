import { setTimeout as wait } from "node:timers/promises";
import type { RunRecord } from "../src/runs/run.ts";
import type { RunStore } from "../src/runs/run-store.ts";
import { scaledDurations } from "./scale.ts";
import { isOver } from "./tally.ts";

const sweeps = 12;

/** What a service does now and then: has somebody take over whatever was left lying, until nothing moves any more. */
export async function sweep(books: RunStore, resume: () => Promise<unknown>): Promise<void> {
  let [before, same] = ["", 0];
  for (let round = 0; round < sweeps; round += 1) {
    const open = (await listAll(books)).filter((run) => !isOver(run));
    const now = JSON.stringify(open.map(({ id, state, attempts }) => [id, state, attempts.length]));
    same = now === before ? same + 1 : 0;
    const isParked = open.every(({ state, error }) => state === "unknown" && error !== null);
    if (open.length === 0 || (isParked && same === 1) || same === 3) return;
    before = now;
    await resume();
    await wait(scaledDurations.leaseMs / 2);
  }
}

/** Every run of a store. */
export async function listAll(store: RunStore, cursor?: string): Promise<readonly RunRecord[]> {
  const page = await store.list({ limit: 1_000, cursor });
  return page.cursor === undefined ? page.runs : [...page.runs, ...(await listAll(store, page.cursor))];
}
