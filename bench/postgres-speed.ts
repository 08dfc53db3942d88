import pg from "pg";
import { fromPg } from "../src/stores/postgres/from-pg.ts";
import { migrate } from "../src/stores/postgres/migrate.ts";
import { postgresConfigStore } from "../src/stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../src/stores/postgres/postgres-run-store.ts";
import type { Sql } from "../src/stores/postgres/sql.ts";
import { sampleRun } from "../src/testing/run-store-suite.ts";
import { startServer } from "../test/postgres/start-server.ts";
import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";

type Stores = ReturnType<typeof openStores>;
type Parameters = readonly unknown[];

/** Some work of a store that is one statement, and what becomes of the statement's parameters when it is done once more. */
interface Work {
  readonly name: string;
  act(stores: Stores): Promise<unknown>;
  next?(parameters: Parameters): Parameters;
}

const rounds = 60;
const callsPerRound = 20;

/** Reading and writing through the stores, by the same statements on the bare driver, on a server of its own. */
export async function measurePostgresSpeed(): Promise<readonly Measurement[]> {
  const server = await startServer({ durable: false });
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 1 });
  // The connection at rest may see the end of the server.
  pool.on("error", () => undefined);
  try {
    const sql = fromPg(pool);
    await migrate({ sql });
    const stores = openStores(sql);
    const measurements: Measurement[] = [];
    for (const { name, act, next = (same: Parameters) => same } of await toWorks(stores)) {
      const [text, parameters] = await record(sql, act);
      const bare = () => pool.query(text, [...next(parameters)]);
      const value = await compare(() => act(stores), bare);
      measurements.push({ name: `speed of ${name}, by the bare statement`, value, unit: "×", limit: { atLeast: 0.7 } });
    }
    return measurements;
  } finally {
    await pool.end();
    await server.stop();
  }
}

function openStores(sql: Sql) {
  return { runs: postgresRunStore({ sql }), settings: postgresConfigStore({ sql }) };
}

async function toWorks({ runs }: Stores): Promise<readonly Work[]> {
  for (let count = 0; count < 200; count += 1) await runs.create(sampleRun({ state: "succeeded" }));
  const [{ run }, { run: other }] = [await runs.create(sampleRun()), await runs.create(sampleRun())];
  const [version, otherVersion] = [toCounter(), toCounter()];
  const config = { go_fast: false, output_quality: 90 };
  return [
    { name: "reading a run", act: (stores) => stores.runs.get(run.id) },
    { name: "listing 100 runs", act: (stores) => stores.runs.list() },
    {
      name: "writing a run",
      act: (stores) => stores.runs.create(sampleRun()),
      next: ([json, ...rest]) => [String(json).replace(/"id":"[^"]+"/, `"id":"${crypto.randomUUID()}"`), ...rest],
    },
    {
      name: "changing a run",
      act: (stores) => stores.runs.update(run.id, version(), { room: "kitchen" }),
      next: ([, , ...rest]) => [other.id, otherVersion(), ...rest],
    },
    { name: "reading settings", act: ({ settings }) => settings.getMany(["active_model", "model_config_qwen", "pause", "other"]) },
    { name: "writing a setting", act: ({ settings }) => settings.put("bench", config, { author: { name: "Ada" } }) },
    {
      name: "writing a shared setting",
      act: ({ settings }) => settings.put("model_config_qwen", { modelId: "qwen/qwen-image-edit", config }, { author: { name: "Ada" } }),
    },
  ];
}

/** The statement by which a store does something. */
async function record(sql: Sql, act: Work["act"]): Promise<readonly [text: string, parameters: Parameters]> {
  const statements: [string, Parameters][] = [];
  const query: Sql["query"] = (text, parameters = []) => {
    statements.push([text, parameters]);
    return sql.query(text, parameters);
  };
  await act(openStores({ ...sql, query }));
  const [statement, ...more] = statements;
  if (statement === undefined || more.length > 0) throw new Error(`took ${statements.length} statements instead of one`);
  return statement;
}

/** The middle one of the ratios of many short rounds, in turns: whatever else the machine does slows both. */
async function compare(store: () => Promise<unknown>, bare: () => Promise<unknown>): Promise<number> {
  const ratios: number[] = [];
  for (let round = -20; round < rounds; round += 1) {
    const [first, second] = round % 2 === 0 ? [store, bare] : [bare, store];
    const [firstMs, secondMs] = [await time(first), await time(second)];
    if (round >= 0) ratios.push(first === bare ? firstMs / secondMs : secondMs / firstMs);
  }
  return median(ratios);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let call = 0; call < callsPerRound; call += 1) await work();
  return performance.now() - start;
}

/** 1, 2, 3 … */
function toCounter(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}
