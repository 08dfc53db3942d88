import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { fromPg } from "../src/stores/postgres/from-pg.ts";
import { migrate } from "../src/stores/postgres/migrate.ts";
import { postgresRunStore } from "../src/stores/postgres/postgres-run-store.ts";
import { createDatabase } from "../test/postgres/create-database.ts";
import { toCallerRecord } from "./caller.ts";
import { createWorld } from "./create-world.ts";
import { describeStaging } from "./describe-staging.ts";
import { eachOf } from "./each-of.ts";
import type { FaultKind } from "./fault-kind.ts";
import { toRandom } from "./random.ts";
import type { KindOptions } from "./run-in-memory.ts";
import { scaledDurations } from "./scale.ts";
import { searchPages } from "./search-pages.ts";
import { searchTables } from "./search-tables.ts";
import { toStagings } from "./staging.ts";
import { startWorker, type Worker } from "./start-worker.ts";
import { createSweeper, listAll } from "./sweep.ts";
import { type Tally, toTally } from "./tally.ts";
import { toInjected } from "./to-injected.ts";
import { toVictims } from "./to-victims.ts";
import type { StopAt, WorkerAnswer, WorkerSetup } from "./worker-messages.ts";

/** What a run over processes takes besides. */
export interface ProcessOptions extends KindOptions {
  /** Of a PostgreSQL server where databases can be made. */
  readonly databaseUrl: string;
  /** The worker's file. */
  readonly workerPath: string;
}

/**
 * Stages in processes over one PostgreSQL database, each of which ends or stands still at a step of its own, while two others take over
 * what lies about and a third gets what the callers of the dead ask again. Some of those that end are taking over themselves.
 */
export async function runInProcesses(kind: FaultKind, options: ProcessOptions): Promise<Tally> {
  const { seed, stagings, search, databaseUrl, workerPath } = options;
  const random = toRandom(seed + 1);
  const world = await createWorld(kind, { seed, isSure: true });
  const database = await createDatabase(databaseUrl);
  const pool = new pg.Pool({ connectionString: database.connectionString, max: 2 });
  pool.on("error", () => undefined);
  const workers = new Set<Worker>();
  const stops: StopAt[] = [];
  const troubles: string[] = [];
  let isOver = false;
  const fire = async (worker: Worker) => {
    workers.delete(worker);
    const printed = await worker.end();
    if (printed !== undefined) troubles.push(`a process failed: ${printed}`);
  };
  try {
    await migrate({ sql: fromPg(pool) });
    const books = postgresRunStore({ sql: fromPg(pool) });
    const setup: WorkerSetup = { databaseUrl: database.connectionString, baseUrl: world.baseUrl, seed };
    const hire = async (stop?: StopAt) => {
      const worker = await startWorker(workerPath, { ...setup, seed: Math.floor(random() * 2 ** 32), ...(stop && { stop }) }, search);
      workers.add(worker);
      return worker;
    };
    const records = new Map(toStagings(kind, stagings, random).map((staging) => [staging.number, toCallerRecord(staging)]));
    const merge = (answer: WorkerAnswer | undefined) => {
      for (const record of answer?.records ?? []) {
        const before = records.get(record.staging.number);
        const isBetter = before?.stagedRunId === undefined || record.stagedRunId !== undefined;
        if (isBetter) records.set(record.staging.number, record);
      }
    };
    const [probe, caller, ...resumers] = await Promise.all([hire(), hire(), hire(), hire()]);
    const resume = async () =>
      (await Promise.all(resumers.map((resumer) => resumer.work({ resume: true })))).flatMap((answer) => answer?.resumed ?? []);
    const { once, sweep, home } = createSweeper(books, kind.mayLeaveUnknown !== undefined, resume);
    const all = [...records.values()];
    const probed = await probe.work({ records: all.slice(0, 1), isPatient: true, mostTimeouts: 3 });
    merge(probed);
    const resumeNowAndThen = async () => {
      for (; !isOver; await wait(150)) await once();
    };
    const resuming = resumeNowAndThen();
    // It is awaited further down, and fails there.
    resuming.catch(() => undefined);
    const signal = kind.isNamedRisk ? "SIGSTOP" : "SIGKILL";
    // Those that stand still cost nothing meanwhile.
    const atOnce = signal === "SIGSTOP" ? 12 : 6;
    await eachOf(toVictims(all.slice(1), probed?.steps ?? 0, signal, random), atOnce, async ({ batch, stop }) => {
      const victim = await hire(stop);
      const working = victim.work({ records: batch, resume: batch.length > 1 && random() < 0.5 });
      if (signal === "SIGSTOP") void victim.stopped.then(() => setTimeout(victim.thaw, scaledDurations.leaseMs * 3));
      const hasStopped = await Promise.race([victim.stopped.then(() => true), working.then(() => false)]);
      if (hasStopped) {
        stops.push(stop);
        // A queue delivers again, at once or later.
        await wait(random() * scaledDurations.leaseMs * 1.5);
        merge(await caller.work({ records: batch, isPatient: true, mostTimeouts: 3 }));
      }
      const answer = await working;
      merge(answer);
      for (const id of answer?.resumed.home ?? []) home.add(id);
      await fire(victim);
    }).finally(() => {
      isOver = true;
    });
    await resuming;
    await sweep();
    const pending = [...records.values()].filter(({ stagedRunId }) => stagedRunId === undefined);
    merge(await caller.work({ records: pending, isPatient: true, mostTimeouts: 3 }));
    await sweep();
    await wait(scaledDurations.settleMs);
    await world.simulator.clock.advance(60_000);
    await searchTables(pool, search);
    for (const worker of workers) await fire(worker);
    const runs = await listAll(books);
    searchPages(runs, search);
    const tally = toTally(kind, world, {
      records: [...records.values()],
      runs,
      home,
      injected: toInjected(kind, world, { [signal]: stops.length }),
      troubles,
      describe: (record) => describeStaging({ seed, record, runs, simulator: world.simulator }),
    });
    const places = new Set(stops.map(({ step, isDone }) => `${step} ${isDone}`));
    return { ...tally, title: `${kind.title}: ${stops.length} processes, ${places.size} places` };
  } finally {
    await Promise.all([...workers].map((worker) => worker.end()));
    await pool.end();
    await database.drop();
    await world.close();
  }
}
