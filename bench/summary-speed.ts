import pg from "pg";
import { fromPg } from "../src/stores/postgres/from-pg.ts";
import { migrate } from "../src/stores/postgres/migrate.ts";
import { postgresRunStore } from "../src/stores/postgres/postgres-run-store.ts";
import { sampleAttempt, sampleImage, sampleRun } from "../src/testing/run-store-suite.ts";
import { startServer } from "../test/postgres/start-server.ts";
import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";

/** Books of a service that makes as many runs each month: one of a month, one of ten. */
const books = [
  { schema: "one_month", days: 30, runs: 100_000 },
  { schema: "ten_months", days: 300, runs: 1_000_000 },
] as const;
const month = { by: ["model", "day"], since: "2026-04-01", until: "2026-05-01" } as const;
const summaryRounds = 15;
const writeRounds = 100;
const writesPerRound = 20;

/** A month's summary, of many runs by a tenth of them; and writing a run down, by a bare insert of the same JSON; on a server of its own. */
export async function measureSummarySpeed(): Promise<readonly Measurement[]> {
  // Commits wait for the disk, as they do in a service.
  const server = await startServer();
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 1 });
  // The connection at rest may see the end of the server.
  pool.on("error", () => undefined);
  try {
    const sql = fromPg(pool);
    for (const { schema, days, runs } of books) {
      await migrate({ sql, schema });
      await fill(pool, schema, days, runs);
    }
    const [few, many] = books.map(({ schema }) => postgresRunStore({ sql, schema }));
    if (few === undefined || many === undefined) throw new Error("there are no books");
    const growth = await compare(
      () => many.summarise(month),
      () => few.summarise(month),
      summaryRounds,
    );
    const insert = `insert into ten_months.restage_runs (record) values ($1::text::jsonb)`;
    const speed = await compare(
      () => repeat(() => pool.query(insert, [JSON.stringify(sampleRun())])),
      () => repeat(() => many.create(sampleRun())),
      writeRounds,
    );
    return [
      { name: "time of a month's summary over 1,000,000 runs, by that over 100,000", value: growth, unit: "×", limit: { atMost: 2 } },
      { name: "speed of recording a run among 1,000,000, by a bare insert", value: speed, unit: "×", limit: { atLeast: 0.7 } },
    ];
  } finally {
    await pool.end();
    await server.stop();
  }
}

/** Runs that are over, evenly from April 2026 on, as they are after a vacuum. */
async function fill(pool: pg.Pool, schema: string, days: number, runs: number): Promise<void> {
  const cost = { microUsd: 30_000, basis: "table", priceVersion: "2026-04", outputs: 1 } as const;
  const attempts = [sampleAttempt({ predictionStatus: "succeeded", foundBy: "answer", cost })];
  const { id: _, ...run } = sampleRun({ state: "succeeded", attempts, images: [sampleImage()], cost });
  await pool.query(
    `insert into ${schema}.restage_runs (created_at, record)
     select moment, $1::text::jsonb || jsonb_build_object('id', 'run ' || n, 'idempotencyKey', 'key ' || n, 'projectId', 'project ' || n % 500,
       'modelId', 'model ' || n % 5, 'finishedAt', to_char(moment + n % 60 * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     from (select n, timestamp '2026-04-01' + n * interval '1 day' * ${days} / ${runs} as moment from generate_series(0, ${runs - 1}) as n) as made`,
    [JSON.stringify(run)],
  );
  await pool.query(`vacuum analyze ${schema}.restage_runs`);
}

/** The middle one of the ratios of many rounds, in turns: whatever else the machine does slows both. */
async function compare(one: () => Promise<unknown>, other: () => Promise<unknown>, rounds: number): Promise<number> {
  const ratios: number[] = [];
  for (let round = -rounds / 5; round < rounds; round += 1) {
    const [first, second] = round % 2 === 0 ? [one, other] : [other, one];
    const [firstMs, secondMs] = [await time(first), await time(second)];
    if (round >= 0) ratios.push(first === one ? firstMs / secondMs : secondMs / firstMs);
  }
  return median(ratios);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function repeat(work: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < writesPerRound; count += 1) await work();
}
