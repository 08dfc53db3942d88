import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BudgetStore } from "../../../src/books/budget/budget-store.ts";
import { createBudgets } from "../../../src/books/budget/create-budgets.ts";
import { cachedConfigStore } from "../../../src/settings/cached-config-store.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { postgresBudgetStore } from "../../../src/stores/postgres/postgres-budget-store.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import type { SqlQuery } from "../../../src/stores/postgres/sql.ts";
import { sampleLine } from "../../../src/testing/budget-store-cases/sample-line.ts";
import { anyRounds, checkRounds } from "../../books/budget-actions.ts";
import { createDatabase, type TestDatabase } from "../../postgres/create-database.ts";
import { createBudgetsSchema, emptyBudgetsSchema } from "./create-budgets-schema.ts";

const take = { leaseMs: 86_400_000, limit: 10 };
let database: TestDatabase;
let pools: readonly pg.Pool[];
let schema: string;
let stores: readonly BudgetStore[];
/** What the database refused, be it tried again or not. */
const refusals: unknown[] = [];

beforeAll(async () => {
  database = await createDatabase();
  pools = Array.from({ length: 8 }, () => new pg.Pool({ connectionString: database.connectionString, max: 1 }));
  schema = await createBudgetsSchema(fromPg(pools[0] as pg.Pool));
  stores = pools.map((pool) => {
    const { query } = fromPg(pool);
    const sql: SqlQuery = {
      query: (text, parameters) =>
        query(text, parameters).catch((error: unknown) => {
          refusals.push(error);
          throw error;
        }),
    };
    return postgresBudgetStore({ sql, schema });
  });
}, 60_000);

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

const empty = () => emptyBudgetsSchema(fromPg(pools[0] as pg.Pool), schema);

it("of 1,000 reservations at once over 8 connections, exactly as many are granted as fit, and each alert goes to one", async () => {
  await empty();
  const line = sampleLine({ limitMicroUsd: 137 * 40_000 + 39_999, alertPercents: [50, 80, 95] });
  const lines = [line, sampleLine({ budgetId: "wide", limitMicroUsd: 1e12 }), sampleLine({ budgetId: "also", limitMicroUsd: 1e12 })];
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) => {
      const ordered = index % 2 === 0 ? lines : [...lines].reverse();
      return (stores[index % 8] as BudgetStore).reserve({ runId: `run ${index}`, microUsd: 40_000, lines: ordered }, take);
    }),
  );
  expect(answers.filter(({ outcome }) => outcome === "reserved")).toHaveLength(137);
  expect(answers.filter(({ outcome }) => outcome === "refused")).toHaveLength(863);
  expect(answers.flatMap(({ alerts }) => alerts.map(({ percent }) => percent)).sort()).toEqual([50, 80, 95]);
  const usage = await (stores[0] as BudgetStore).usage(lines);
  expect(usage.map(({ spentMicroUsd, reservedMicroUsd }) => [spentMicroUsd, reservedMicroUsd])).toEqual(lines.map(() => [0, 137 * 40_000]));
  expect(refusals).toEqual([]);
});

it("asks the database once for a run, however many budgets it falls under, and once when it is over", async () => {
  const pool = pools[0] as pg.Pool;
  await migrate({ sql: fromPg(pool), schema: "whole" });
  const statements: string[] = [];
  const counted = { ...fromPg(pool) };
  counted.query = (text, parameters) => {
    statements.push(text);
    return fromPg(pool).query(text, parameters);
  };
  const configStore = cachedConfigStore(postgresConfigStore({ sql: fromPg(pool), schema: "whole" }));
  const budgets = createBudgets({ store: postgresBudgetStore({ sql: counted, schema: "whole" }), configStore, onAlert: () => undefined });
  const write = { author: { name: "Ada" } };
  for (const period of ["day", "week", "month", "year", "total"] as const) {
    await budgets.set({ id: period, period, limitMicroUsd: 1_000, alertPercents: [100] }, write);
  }
  expect(statements).toEqual([]);
  await budgets.reserve({ runId: "a", modelId: "a/b", projectId: null, microUsd: 700 });
  expect(statements).toHaveLength(1);
  await expect(budgets.reserve({ runId: "b", modelId: "a/b", projectId: null, microUsd: 700 })).rejects.toMatchObject({ budgetId: "day" });
  expect(statements).toHaveLength(2);
  await budgets.settle("a", 650);
  expect(statements).toHaveLength(3);
  expect((await budgets.status()).map(({ spentMicroUsd, leftMicroUsd }) => [spentMicroUsd, leftMicroUsd])).toEqual(
    Array.from({ length: 5 }, () => [650, 350]),
  );
  expect(statements).toHaveLength(4);
  await configStore.close();
});

it("never meets in a deadlock, whoever reserves, settles, releases and asks again at once, and loses nothing", async () => {
  await empty();
  const lines = ["a", "b", "c"].map((budgetId) => sampleLine({ budgetId, limitMicroUsd: 30, alertPercents: [50, 100] }));
  let spent = 0;
  await Promise.all(
    stores.map(async (store, caller) => {
      for (let turn = 0; turn < 40; turn += 1) {
        const of =
          turn % 3 === 0
            ? [...lines].reverse()
            : turn % 3 === 1
              ? lines
              : [lines[(turn + caller) % 3] as (typeof lines)[number], ...lines.slice(0, 1)];
        const runId = `${caller}/${turn}`;
        const { outcome } = await store.reserve({ runId, microUsd: 3, lines: [...new Set(of)] }, take);
        if (outcome !== "reserved") continue;
        const cost = turn === 5 ? 1 : 0;
        // Another caller may settle the same run, too.
        await Promise.all([store, stores[(caller + 1) % 8] as BudgetStore].map((one) => one.settle(runId, cost, take)));
        if (cost === 0 && turn % 2 === 0) {
          const again = await store.reserve({ runId, microUsd: 3, lines: [...new Set(of)] }, take);
          if (again.outcome === "reserved") await store.settle(runId, 0, take);
        }
        if ([...new Set(of)].some(({ budgetId }) => budgetId === "a")) spent += cost;
      }
    }),
  );
  const [usage] = await (stores[0] as BudgetStore).usage([sampleLine({ budgetId: "a" })]);
  expect(usage).toMatchObject({ spentMicroUsd: spent, reservedMicroUsd: 0 });
  expect(refusals).toEqual([]);
});

it("counts as the model does, whatever callers over 8 connections do at once", async () => {
  await fc.assert(
    fc.asyncProperty(anyRounds(8), async (rounds) => {
      await empty();
      await checkRounds(stores, rounds);
    }),
    { numRuns: 15 },
  );
  expect(refusals).toEqual([]);
});
