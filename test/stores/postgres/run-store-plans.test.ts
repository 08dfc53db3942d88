import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunStore } from "../../../src/runs/run-store.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import { toRunStatements } from "../../../src/stores/postgres/run-statements.ts";
import type { SqlQuery } from "../../../src/stores/postgres/sql.ts";
import { sampleAttempt, sampleRun } from "../../../src/testing/run-store-suite.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import type { OpenSql } from "../../postgres/open-sql.ts";
import { createRunsSchema } from "./create-runs-schema.ts";

const count = 10_000;
let database: OpenSql;
let schema: string;

beforeAll(async () => {
  database = await openDatabase("pg");
  schema = await createRunsSchema(database.sql);
  const { id: _, ...run } = sampleRun();
  // Nearly all runs are over, as in any service that has been at work for a while.
  await database.sql.query(
    `insert into ${schema}.restage_runs (created_at, record)
     select timestamptz '2026-04-01' + n * interval '1 hour', $1::text::jsonb || jsonb_build_object('id', 'run ' || n, 'idempotencyKey', 'key ' || n, 'projectId', 'project ' || n % 200,
       'group', 'group ' || n % 1000, 'modelId', 'model ' || n % 5, 'state', case when n % 100 = 0 then 'running' else 'succeeded' end, 'variant', 'variant ' || n % 200,
       'finishedAt', to_char(timestamp '2026-04-01' + n * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"'),
       'images', jsonb_build_array(jsonb_build_object('sha256', encode(sha256(n::text::bytea), 'hex'), 'perceptualHash', left(md5(n::text), 16))))
     from generate_series(1, ${count}) as n`,
    [JSON.stringify(run)],
  );
  await database.sql.query(
    `insert into ${schema}.restage_run_predictions select 'prediction ' || n, 'run ' || n from generate_series(1, ${count}) as n`,
  );
  // As autovacuum does: only then an index alone tells what is there.
  await database.sql.query(`vacuum analyze ${schema}.restage_runs, ${schema}.restage_run_predictions`);
});

afterAll(() => database.close());

/** How PostgreSQL goes about what the store asks. */
async function explain(ask: (store: RunStore) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  const sql: SqlQuery = {
    async query(text, parameters) {
      const { rows } = await database.sql.query(`explain ${text}`, parameters);
      plans.push(...rows.map((row) => String(row["QUERY PLAN"])));
      return database.sql.query(text, parameters);
    },
  };
  await ask(postgresRunStore({ sql, schema }));
  return plans.join("\n");
}

describe("with 10,000 runs, no table is read from end to end", () => {
  const cases: Readonly<Record<string, (store: RunStore) => Promise<unknown>>> = {
    "get a run": (store) => store.get("run 5000"),
    "list the newest": (store) => store.list(),
    "list from the middle": (store) => store.list({ cursor: "5000", limit: 1_000 }),
    "list by a rare state": (store) => store.list({ states: ["running"] }),
    "list by several states": (store) => store.list({ states: ["running", "failed", "succeeded"] }),
    "list by project": (store) => store.list({ projectId: "project 7", cursor: "9000" }),
    "list by group": (store) => store.list({ group: "group 7" }),
    "list by model": (store) => store.list({ modelId: "model 3" }),
    "list by prediction": (store) => store.list({ predictionId: "prediction 7000", states: ["succeeded", "running"], cursor: "9000" }),
    "list by variant": (store) => store.list({ variant: "variant 7" }),
    "list by image": (store) => store.list({ imageSha256: "0".repeat(64) }),
    "list by looks": (store) => store.list({ perceptualHash: { hash: "0123456789abcdef", maximumDistance: 6 } }),
    "list what ended": (store) => store.list({ finishedBefore: "2026-04-02" }),
    "sum up a month": (store) => store.summarise({ by: ["model", "day"], since: "2026-05-01", until: "2026-06-01" }),
    "purge what is old": (store) => store.purge({ olderThan: "2026-04-01" }),
    "list by all of it": (store) => store.list({ states: ["succeeded"], projectId: "project 7", group: "group 7", modelId: "model 3" }),
    "claim what is open": (store) => store.claim({ states: ["creating", "unknown", "running"], leaseMs: 60_000, limit: 10 }),
    "claim one run": (store) => store.claim({ id: "run 300", states: ["creating", "unknown", "running"], leaseMs: 60_000, limit: 1 }),
    "create with a key": (store) => store.create(sampleRun({ idempotencyKey: "new", attempts: [sampleAttempt({ predictionId: "new" })] })),
    "join by a key": (store) => store.create(sampleRun({ idempotencyKey: "key 4000" })),
    "update a run": (store) => store.update("run 6000", 1, { state: "failed", attempts: [sampleAttempt({ predictionId: "other" })] }),
  };

  it.each(Object.entries(cases))("to %s", async (_, ask) => {
    const plan = await explain(ask);
    expect(plan).toMatch(/Index/);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});

it("reads nothing but the index to sum up a month, or to look for an image that looks alike", async () => {
  const month = { since: "2026-05-01", until: "2026-06-01" };
  for (const by of [
    ["model", "day"],
    ["project", "variant", "state", "month"],
  ] as const) {
    expect(await explain((store) => store.summarise({ by, ...month }))).toMatch(/Index Only Scan using idx_restage_runs_created_at/);
  }
  const alike = await explain((store) => store.list({ perceptualHash: { hash: "0123456789abcdef", maximumDistance: 6 } }));
  expect(alike).toMatch(/Index Only Scan using idx_restage_runs_perceptual_hashes/);
  expect(await explain((store) => store.list({ imageSha256: "0".repeat(64) }))).toMatch(
    /Bitmap Index Scan on idx_restage_runs_image_hashes/,
  );
});

// Drivers that prepare statements have them planned once for all parameters: then PostgreSQL does not know that few runs are open, and
// would go through all that are over, oldest first, to find them.
it("claims by the index of states even where the plan is made for any states", async () => {
  const { claim } = toRunStatements(schema);
  const plan = await database.sql.transaction(async ({ query }) => {
    await query("set local plan_cache_mode = force_generic_plan");
    await query(`prepare claiming as ${claim}`);
    const { rows } = await query("explain execute claiming (array['creating', 'unknown', 'running'], 60000, 10)");
    return rows.map((row) => String(row["QUERY PLAN"])).join("\n");
  });
  expect(plan).toMatch(/Index Scan using idx_restage_runs_state .*\n *Index Cond: \(\(state >= .* \(state <= /);
  expect(plan).not.toMatch(/Seq Scan|sequence_key/);
});

it("lists 10,000 runs in 10 pages, each once", async () => {
  const store = postgresRunStore({ sql: database.sql, schema });
  const ids = new Set<string>();
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await store.list({ states: ["succeeded", "running", "failed"], limit: 1_000, cursor });
    for (const { id } of page.runs) ids.add(id);
    pages += 1;
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect([ids.size, pages]).toEqual([count, 10]);
});
