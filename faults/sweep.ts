import { setTimeout as wait } from "node:timers/promises";
import type { RunRecord } from "../src/runs/run.ts";
import type { RunStore } from "../src/runs/run-store.ts";
import type { Resumed } from "./resume-all.ts";
import { scaledDurations } from "./scale.ts";
import { isOver } from "./tally.ts";

/** What a service does now and then: has somebody take over whatever was left lying. */
export interface Sweeper {
  once(): Promise<void>;
  /** Until nothing is left, or nothing moves any more. */
  sweep(): Promise<void>;
  /** The runs whose images came home so. */
  readonly home: Set<string>;
}

const mostRounds = 12;

/** Sweeps by this way to resume. Where some runs `mayStay`, it soon believes that they do; elsewhere the machine may be slow. */
export function createSweeper(books: RunStore, mayStay: boolean, resume: () => Promise<readonly Resumed[]>): Sweeper {
  const mostVainTries = mayStay ? 2 : 8;
  const home = new Set<string>();
  /** How often a run that looks so was taken up in vain. */
  const inVain = new Map<string, number>();
  const isStuck = (run: RunRecord) => (inVain.get(toShape(run)) ?? 0) >= mostVainTries;
  async function once(): Promise<void> {
    const resumed = await resume();
    for (const id of resumed.flatMap((each) => each.home)) home.add(id);
    for (const id of resumed.flatMap(({ unfinished }) => unfinished)) {
      const run = await books.get(id);
      if (run !== undefined) inVain.set(toShape(run), (inVain.get(toShape(run)) ?? 0) + 1);
    }
  }

  return {
    home,
    once,
    async sweep() {
      for (let round = 0; round < mostRounds; round += 1) {
        const open = (await listAll(books)).filter((run) => !isOver(run) && !isParked(run));
        if (open.every(isStuck)) return;
        await once();
        await wait(scaledDurations.leaseMs / 2);
      }
    },
  };
}

function toShape({ id, state, attempts }: RunRecord): string {
  return `${id} ${state} ${attempts.length}`;
}

/** Whether only a person can go on with it. */
function isParked({ state, error }: RunRecord): boolean {
  return state === "unknown" && error !== null;
}

/** Every run of a store. */
export async function listAll(store: RunStore, cursor?: string): Promise<readonly RunRecord[]> {
  const page = await store.list({ limit: 1_000, cursor });
  return page.cursor === undefined ? page.runs : [...page.runs, ...(await listAll(store, page.cursor))];
}
