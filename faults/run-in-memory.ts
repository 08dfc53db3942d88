import { setTimeout as wait } from "node:timers/promises";
import type { Budgets } from "../src/books/budget/budgets.ts";
import { createBudgets } from "../src/books/budget/create-budgets.ts";
import { memoryBudgetStore } from "../src/books/budget/memory-budget-store.ts";
import type { ClientEvent } from "../src/client/client-event.ts";
import { StagingClient } from "../src/client/staging-client.ts";
import { memoryConfigStore } from "../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../src/stores/memory/memory-run-store.ts";
import { auditBudget, auditReconciliation } from "./audit-books.ts";
import { type CallerRecord, callByTheRules, fetchByTheRules, toCallerRecord } from "./caller.ts";
import type { CanarySearch } from "./canary-search.ts";
import { createWorld } from "./create-world.ts";
import { describeStaging } from "./describe-staging.ts";
import { eachOf } from "./each-of.ts";
import { failingRunStore } from "./failing-run-store.ts";
import type { FaultKind } from "./fault-kind.ts";
import { toRandom } from "./random.ts";
import { resumeAll } from "./resume-all.ts";
import { scaledDurations } from "./scale.ts";
import { searchPages } from "./search-pages.ts";
import { toStagings } from "./staging.ts";
import { createSweeper, listAll } from "./sweep.ts";
import { type Tally, toTally } from "./tally.ts";
import { toClientOptions } from "./to-client-options.ts";
import { toInjected } from "./to-injected.ts";

/** What a run of one kind takes. */
export interface KindOptions {
  readonly seed: number;
  readonly stagings: number;
  /** How many callers wait at once. */
  readonly concurrency: number;
  readonly search: CanarySearch;
}

/** A budget that refuses nothing: what it counts is looked at. */
async function createLargeBudget(): Promise<Budgets> {
  const budgets = createBudgets({ store: memoryBudgetStore(), configStore: memoryConfigStore() });
  await budgets.set({ id: "everything", period: "total", limitMicroUsd: 1_000_000_000_000 }, { author: { name: "faults" } });
  return budgets;
}

/**
 * Stages in this process, over a run store in memory, while one kind of fault happens and `resume` is called again and again; then does
 * what a service does afterwards.
 */
export async function runInMemory(kind: FaultKind, { seed, stagings, concurrency, search }: KindOptions): Promise<Tally> {
  const world = await createWorld(kind, { seed, isSure: true });
  const books = memoryRunStore();
  const random = toRandom(seed + 1);
  let storeFailures = 0;
  const runStore = kind.store ? failingRunStore(books, kind.store, random, () => storeFailures++) : books;
  const events = new Map<string, string[]>();
  const onEvent = (event: ClientEvent) => {
    search.seeText("an event", JSON.stringify(event));
    if (!("runId" in event)) return;
    const { type, runId, modelId, projectId, group, ...rest } = event;
    const history = events.get(group ?? "") ?? [];
    history.push(`${runId.slice(0, 8)} ${type} ${JSON.stringify(rest)}`);
    events.set(group ?? "", history);
  };
  const begunAt = new Date(world.simulator.clock.now() - 1_000).toISOString();
  const budgets = await createLargeBudget();
  // Whatever its age: to settle one that somebody is about to settle changes nothing.
  const open = () => budgets.open({ olderThanMs: 0, limit: 1_000 });
  const client = new StagingClient({
    ...toClientOptions(kind, world),
    fetch: world.fetch,
    runStore,
    onEvent,
    random,
    budgets: { ...budgets, open },
  });
  const { sweep, once, home } = createSweeper(books, kind.mayLeaveUnknown !== undefined, async () => [await resumeAll(client, search)]);
  const records: CallerRecord[] = toStagings(kind, stagings, random).map(toCallerRecord);
  const eachPending = (act: (record: CallerRecord) => Promise<void>) =>
    eachOf(
      records.filter(({ stagedRunId }) => stagedRunId === undefined),
      concurrency,
      act,
    );
  let isOver = false;
  try {
    const resumeNowAndThen = async () => {
      for (; !isOver; await wait(scaledDurations.leaseMs / 4)) await once();
    };
    const resuming = resumeNowAndThen();
    // It is awaited further down, and fails there.
    resuming.catch(() => undefined);
    await eachPending((record) => callByTheRules(client, record, search)).finally(() => {
      isOver = true;
    });
    await resuming;
    await sweep();
    // As a queue delivers again what came to no end, and as a person looks at what is left.
    await eachPending(async (record) => {
      if (record.staging.request.idempotencyKey !== undefined)
        await callByTheRules(client, record, search, { isPatient: true, mostTimeouts: kind.mayLeaveUnknown ? 1 : 3 });
      else if (record.runId !== undefined) await fetchByTheRules(client, record, record.runId, search);
    });
    await sweep();
    // What still runs comes to its end, and is billed.
    await wait(scaledDurations.settleMs);
    await world.simulator.clock.advance(60_000);
    // What a budget still holds back for runs that are over.
    await once();
    const runs = await listAll(books);
    // Before the audit lists, too.
    const injected = toInjected(kind, world, kind.store && { [`the run store's ${kind.store.method}`]: storeFailures });
    const [status] = await budgets.status();
    const troubles = [
      ...(await auditBudget(budgets, status?.spentMicroUsd ?? 0, runs)),
      ...(await auditReconciliation(world, runs, begunAt)),
    ];
    for (const run of runs) search.seeText("a run record", JSON.stringify(run));
    search.seeValue("a client", client);
    searchPages(runs, search);
    return toTally(kind, world, {
      records,
      runs,
      home,
      troubles,
      injected,
      describe: (record) => describeStaging({ seed, record, runs, simulator: world.simulator, events: events.get(record.staging.token) }),
    });
  } finally {
    await world.close();
  }
}
