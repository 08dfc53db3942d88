import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import type { ClientEvent } from "../src/client/client-event.ts";
import { StagingClient } from "../src/client/staging-client.ts";
import { memoryRunStore } from "../src/stores/memory/memory-run-store.ts";
import { type CallerRecord, callByTheRules, fetchByTheRules, toCallerRecord } from "./caller.ts";
import type { CanarySearch } from "./canary-search.ts";
import { createWorld } from "./create-world.ts";
import { eachOf } from "./each-of.ts";
import { failingRunStore } from "./failing-run-store.ts";
import type { FaultKind } from "./fault-kind.ts";
import { toRandom } from "./random.ts";
import { scaledDurations } from "./scale.ts";
import { toStagings } from "./staging.ts";
import { listAll, sweep } from "./sweep.ts";
import { type Tally, toTally } from "./tally.ts";
import { toClientOptions } from "./to-client-options.ts";

/** What a run of one kind takes. */
export interface KindOptions {
  readonly seed: number;
  readonly stagings: number;
  /** How many callers wait at once. */
  readonly concurrency: number;
  readonly search: CanarySearch;
}

/** Stages in this process, over a run store in memory, while one kind of fault happens; then does what a service does afterwards. */
export async function runInMemory(kind: FaultKind, { seed, stagings, concurrency, search }: KindOptions): Promise<Tally> {
  const world = await createWorld(kind, { seed });
  const books = memoryRunStore();
  const random = toRandom(seed + 1);
  const runStore = kind.store ? failingRunStore(books, kind.store, random) : books;
  const events = new Map<string, string[]>();
  const onEvent = (event: ClientEvent) => {
    search.seeText("an event", JSON.stringify(event));
    if (!("runId" in event)) return;
    const { type, runId, modelId, projectId, group, ...rest } = event;
    const history = events.get(group ?? "") ?? [];
    history.push(`${runId.slice(0, 8)} ${type} ${JSON.stringify(rest)}`);
    events.set(group ?? "", history);
  };
  const client = new StagingClient({ ...toClientOptions(kind, world), runStore, onEvent, random });
  const resume = async () => {
    const results = await client.resume({ limit: 1_000, concurrency: 32, timeoutMs: 3_000 }).catch((error: unknown) => [{ error }]);
    for (const { error } of results) if (error !== undefined) search.seeError(error);
  };
  const records: CallerRecord[] = toStagings(kind, stagings, random).map(toCallerRecord);
  try {
    await eachOf(records, concurrency, (record) => callByTheRules(client, record, search));
    await sweep(books, resume);
    // As a queue delivers again what came to no end, and as a person looks at what is left.
    const pending = records.filter(({ stagedRunId }) => stagedRunId === undefined);
    await eachOf(pending, concurrency, async (record) => {
      if (record.staging.request.idempotencyKey !== undefined) await callByTheRules(client, record, search, { isPatient: true });
      else if (record.runId !== undefined) await fetchByTheRules(client, record, record.runId, search);
    });
    await sweep(books, resume);
    // What still runs comes to its end, and is billed.
    await wait(scaledDurations.settleMs);
    await world.simulator.clock.advance(60_000);
    const runs = await listAll(books);
    for (const run of runs) search.seeText("a run record", JSON.stringify(run));
    return toTally(kind, world, records, runs, ({ staging, told, strange }) => {
      const theirs = runs.filter(({ group }) => group === staging.token);
      const histories = theirs.map(({ id, state, attempts, error }) => inspect({ id, state, attempts, error }, { depth: 5 }));
      return [`seed ${seed}, ${staging.token} ${told.join(", ")}`, ...strange, ...(events.get(staging.token) ?? []), ...histories].join(
        "\n    ",
      );
    });
  } finally {
    await world.close();
  }
}
