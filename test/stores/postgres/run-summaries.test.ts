import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { finalStates, type RunState } from "../../../src/runs/run.ts";
import type { NewRun, RunStore } from "../../../src/runs/run-store.ts";
import { type SummaryOptions, type SummaryRow, summaryKeys } from "../../../src/runs/run-summary.ts";
import { memoryRunStore } from "../../../src/stores/memory/memory-run-store.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import { sampleImage, sampleRun } from "../../../src/testing/run-store-suite.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import type { OpenSql } from "../../postgres/open-sql.ts";
import { createRunsSchema } from "./create-runs-schema.ts";

let database: OpenSql;
let schema: string;
beforeAll(async () => {
  database = await openDatabase("pg");
  schema = await createRunsSchema(database.sql);
});
afterAll(() => database.close());

/** A run, and when it was created: PostgreSQL knows that to the microsecond. */
interface Made {
  readonly run: NewRun;
  readonly createdMs: number;
  readonly microseconds: number;
}

const aprilMs = Date.UTC(2026, 3, 1);
const dayMs = 86_400_000;
const states: readonly RunState[] = [...finalStates, ...finalStates, "running", "preparing"];

const made: fc.Arbitrary<Made> = fc
  .record({
    state: fc.constantFrom(...states),
    modelId: fc.constantFrom("m/a", "m/b", "M/a"),
    projectId: fc.constantFrom(null, "a", "é", "\uffff", "😀", ""),
    variant: fc.constantFrom(null, "a", "B", '"'),
    group: fc.constantFrom(null, "g 1", "g 2"),
    images: fc.integer({ min: 0, max: 3 }),
    microUsd: fc.oneof(fc.constantFrom(null, 0, 1, 2 ** 31, 2 ** 45), fc.nat(100_000)),
    basis: fc.constantFrom("table" as const, "invoice" as const),
    hasCost: fc.boolean(),
    accepted: fc.constantFrom(null, true, false),
    // Days, months and moments that many runs share, and some that none does.
    createdMs: fc.oneof(
      fc.integer({ min: -2, max: 40 }).map((day) => aprilMs + day * dayMs),
      fc.integer({ min: aprilMs - dayMs, max: aprilMs + 40 * dayMs }),
    ),
    microseconds: fc.nat(999),
    durationMs: fc.option(fc.oneof(fc.constantFrom(0, 1_000, 1_001, -1), fc.integer({ min: -10_000, max: 10_000_000 })), { nil: null }),
  })
  .map(({ createdMs, microseconds, images, microUsd, basis, hasCost, accepted, durationMs, ...rest }) => ({
    createdMs,
    microseconds,
    run: sampleRun({
      ...rest,
      images: Array.from({ length: images }, () => sampleImage()),
      cost: hasCost ? { microUsd, basis, priceVersion: null, outputs: images } : null,
      feedback: accepted === null ? null : { accepted, reason: null, at: "2026-06-01T00:00:00.000Z" },
      finishedAt: durationMs === null ? null : new Date(createdMs + durationMs).toISOString(),
    }),
  }));

const moment = fc.integer({ min: aprilMs - dayMs, max: aprilMs + 41 * dayMs }).map((ms) => new Date(ms).toISOString());
const options: fc.Arbitrary<SummaryOptions> = fc
  .record({
    by: fc.shuffledSubarray([...summaryKeys]),
    since: fc.option(fc.oneof(moment, fc.constantFrom("2026-04-01", "2026-04-03")), { nil: undefined }),
    until: fc.option(fc.oneof(moment, fc.constantFrom("2026-05-01", "2026-04-04T02:00:00+02:00")), { nil: undefined }),
    projectId: fc.option(fc.constantFrom("a", "😀"), { nil: undefined }),
    modelId: fc.option(fc.constantFrom("m/a", "m/b"), { nil: undefined }),
    limit: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  })
  .filter(({ since = "2026", until = "2027" }) => Date.parse(since) <= Date.parse(until));

async function fill(runs: readonly Made[]): Promise<readonly [memory: RunStore, postgres: RunStore]> {
  let now = 0;
  const memory = memoryRunStore({ clock: () => now });
  for (const { run, createdMs } of runs) {
    now = createdMs;
    await memory.create(run);
  }
  await database.sql.query(`delete from ${schema}.restage_runs`);
  await database.sql.query(
    `insert into ${schema}.restage_runs (record, created_at)
     select made->'run', to_timestamp((made->>'createdMs')::double precision / 1000) + (made->>'microseconds')::integer * interval '1 microsecond'
     from jsonb_array_elements($1::text::jsonb) as made`,
    [JSON.stringify(runs)],
  );
  return [memory, postgresRunStore({ sql: database.sql, schema })];
}

async function ask(store: RunStore, asked: SummaryOptions): Promise<readonly SummaryRow[]> {
  const rows: SummaryRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.summarise({ ...asked, cursor });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}

it("gives in PostgreSQL what it gives in memory, of any runs and by anything", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(made, { maxLength: 40 }), fc.array(options, { minLength: 4, maxLength: 8 }), async (runs, manyOptions) => {
      const [memory, postgres] = await fill(runs);
      for (const asked of manyOptions) expect(await ask(postgres, asked)).toEqual(await ask(memory, asked));
    }),
    { numRuns: 40 },
  );
});

it("loses no run and no micro-dollar, whatever it is asked by", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(made, { maxLength: 40 }), fc.shuffledSubarray([...summaryKeys]), async (runs, by) => {
      const costs = runs.map(({ run }) => run.cost?.microUsd ?? null);
      for (const store of await fill(runs)) {
        const rows = await ask(store, { by, limit: 7 });
        const sum = (field: "runs" | "costMicroUsd" | "unknownCosts") => rows.reduce((total, row) => total + row[field], 0);
        expect(sum("runs")).toBe(runs.length);
        expect(sum("costMicroUsd")).toBe(costs.reduce<number>((total, cost) => total + (cost ?? 0), 0));
        expect(sum("unknownCosts")).toBe(costs.filter((cost) => cost === null).length);
      }
    }),
    { numRuns: 20 },
  );
});
