import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import pg from "pg";
import { fromPg } from "../src/stores/postgres/from-pg.ts";
import { migrate } from "../src/stores/postgres/migrate.ts";
import { postgresRunStore } from "../src/stores/postgres/postgres-run-store.ts";
import { createDatabase } from "../test/postgres/create-database.ts";
import { type CallerRecord, toCallerRecord } from "./caller.ts";
import type { CanarySearch } from "./canary-search.ts";
import { createWorld } from "./create-world.ts";
import { eachOf } from "./each-of.ts";
import type { FaultKind } from "./fault-kind.ts";
import { toRandom } from "./random.ts";
import type { KindOptions } from "./run-in-memory.ts";
import { scaledDurations } from "./scale.ts";
import { findToken, toStagings } from "./staging.ts";
import { startWorker, type Worker } from "./start-worker.ts";
import { listAll, sweep } from "./sweep.ts";
import { type Tally, toTally } from "./tally.ts";
import { toVictims } from "./to-victims.ts";
import type { StopAt, WorkerSetup } from "./worker-messages.ts";

/** What a run over processes takes besides. */
export interface ProcessOptions extends KindOptions {
  /** Of a PostgreSQL server where databases can be made. */
  readonly databaseUrl: string;
  /** The worker's file. */
  readonly workerPath: string;
}

/**
 * Stages in processes over one PostgreSQL database, each of which ends or stands still at a step of its own, while two others take over
 * what lies about and a third gets what the callers of the dead ask again.
 */
export async function runInProcesses(kind: FaultKind, options: ProcessOptions): Promise<Tally> {
  const { seed, stagings, search, databaseUrl, workerPath } = options;
  const random = toRandom(seed + 1);
  const world = await createWorld(kind, { seed });
  const database = await createDatabase(databaseUrl);
  const pool = new pg.Pool({ connectionString: database.connectionString, max: 2 });
  const workers: Worker[] = [];
  const stops: StopAt[] = [];
  let isOver = false;
  try {
    await migrate({ sql: fromPg(pool) });
    const books = postgresRunStore({ sql: fromPg(pool) });
    const setup: WorkerSetup = { databaseUrl: database.connectionString, baseUrl: world.baseUrl, seed };
    const hire = async (stop?: WorkerSetup["stop"]) => {
      const worker = await startWorker(workerPath, { ...setup, seed: Math.floor(random() * 2 ** 32), stop }, search);
      workers.push(worker);
      return worker;
    };
    const records = new Map(toStagings(kind, stagings, random).map((staging) => [staging.number, toCallerRecord(staging)]));
    const merge = (answered: readonly CallerRecord[]) => {
      for (const record of answered) {
        const before = records.get(record.staging.number);
        const isBetter = before?.stagedRunId === undefined || record.stagedRunId !== undefined;
        if (isBetter) records.set(record.staging.number, record);
      }
    };
    const [probe, caller, ...resumers] = await Promise.all([hire(), hire(), hire(), hire()]);
    const all = [...records.values()];
    merge((await probe.work({ records: all.slice(0, 1), isPatient: true })) ?? []);
    const resumeNowAndThen = Promise.all(
      resumers.map(async (resumer) => {
        for (; !isOver; await wait(150)) await resumer.work({ resume: true });
      }),
    );
    const signal = kind.isNamedRisk ? "SIGSTOP" : "SIGKILL";
    // Those that stand still cost nothing meanwhile.
    const atOnce = signal === "SIGSTOP" ? 12 : 6;
    await eachOf(toVictims(all.slice(1), probe.steps, signal, random), atOnce, async ({ batch, stop }) => {
      const victim = await hire(stop);
      const working = victim.work({ records: batch });
      if (signal === "SIGSTOP") void victim.stopped.then(() => setTimeout(victim.thaw, scaledDurations.leaseMs * 3));
      const hasStopped = await Promise.race([victim.stopped.then(() => true), working.then(() => false)]);
      if (hasStopped) {
        stops.push(stop);
        // A queue delivers again, at once or later.
        await wait(random() * scaledDurations.leaseMs * 1.5);
        merge((await caller.work({ records: batch, isPatient: true })) ?? []);
      }
      merge((await working) ?? []);
      await victim.end();
    });
    isOver = true;
    await resumeNowAndThen;
    const resume = () => Promise.all(resumers.map((resumer) => resumer.work({ resume: true })));
    await sweep(books, resume);
    const pending = [...records.values()].filter(({ stagedRunId }) => stagedRunId === undefined);
    merge((await caller.work({ records: pending, isPatient: true })) ?? []);
    await sweep(books, resume);
    await wait(scaledDurations.settleMs);
    await world.simulator.clock.advance(60_000);
    await searchTables(pool, search);
    const runs = await listAll(books);
    const tally = toTally(kind, world, [...records.values()], runs, ({ staging, told, strange }) => {
      const theirs = runs
        .filter(({ group }) => group === staging.token)
        .map(({ id, state, attempts, error }) => inspect({ id, state, attempts, error }, { depth: 5 }));
      const predictions = world.simulator.predictions.filter(({ input }) => findToken(input) === staging.token);
      return [`seed ${seed}, ${staging.token} ${told.join(", ")}`, ...strange, ...theirs, inspect(predictions)].join("\n    ");
    });
    const places = new Set(stops.map(({ step, isDone }) => `${step} ${isDone}`));
    return { ...tally, title: `${kind.title}: ${stops.length} processes, ${places.size} places` };
  } finally {
    isOver = true;
    await Promise.all(workers.map((worker) => worker.end()));
    await pool.end();
    await database.drop();
    await world.close();
  }
}

/** Every row of every table, as text. */
async function searchTables(pool: pg.Pool, search: CanarySearch): Promise<void> {
  const { rows: tables } = await pool.query(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  for (const { name } of tables) {
    const { rows } = await pool.query(`select row::text as text from ${name} as row`);
    for (const { text } of rows) search.seeText(`a row of ${name}`, text);
  }
}
