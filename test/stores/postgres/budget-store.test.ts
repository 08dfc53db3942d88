import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MissingTableError } from "../../../src/errors/missing-table-error.ts";
import { restageBudgets } from "../../../src/stores/postgres/migrations/0021-restage-budgets.ts";
import { postgresBudgetStore } from "../../../src/stores/postgres/postgres-budget-store.ts";
import { sampleLine } from "../../../src/testing/budget-store-cases/sample-line.ts";
import { budgetStoreSuite } from "../../../src/testing/budget-store-suite.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, type OpenSql } from "../../postgres/open-sql.ts";
import { createBudgetsSchema, emptyBudgetsSchema } from "./create-budgets-schema.ts";

describe.each(drivers)("postgresBudgetStore through %s", (driver) => {
  let database: OpenSql;
  beforeAll(async () => {
    database = await openDatabase(driver);
  }, 60_000);
  afterAll(() => database.close());

  describe("keeps the suite", () => {
    let schema: string;
    beforeAll(async () => {
      schema = await createBudgetsSchema(database.sql);
    });
    // The cases come one after the other, each with one store.
    const createStore = async () => {
      await emptyBudgetsSchema(database.sql, schema);
      return postgresBudgetStore({ sql: database.sql, schema });
    };
    for (const { name, run } of budgetStoreSuite) it(name, () => run({ createStore, advance: (milliseconds) => wait(milliseconds) }));
  });

  it("reserves, settles and takes alerts along in one statement each", async () => {
    const statements: string[] = [];
    const sql = {
      query: (text: string, parameters?: readonly unknown[]) => {
        statements.push(text);
        return database.sql.query(text, parameters);
      },
    };
    const store = postgresBudgetStore({ sql, schema: await createBudgetsSchema(database.sql) });
    const lines = ["a", "b", "c"].map((budgetId) => sampleLine({ budgetId, alertPercents: [50] }));
    const take = { leaseMs: 1_000, limit: 10 };
    expect((await store.reserve({ runId: "a", microUsd: 60, lines }, take)).alerts).toHaveLength(3);
    expect(statements).toHaveLength(1);
    expect((await store.reserve({ runId: "b", microUsd: 60, lines }, take)).outcome).toBe("refused");
    expect(statements).toHaveLength(2);
    await store.settle("a", 50, take);
    expect(statements).toHaveLength(3);
  });

  it("says that a schema was not migrated, and refuses to discard what was counted", async () => {
    const missing = await postgresBudgetStore({ sql: database.sql, schema: "nobody" })
      .reserve({ runId: "a", microUsd: 1, lines: [sampleLine()] })
      .catch((error: unknown) => error);
    expect(MissingTableError.is(missing)).toBe(true);

    const schema = await createBudgetsSchema(database.sql);
    const down = () =>
      database.sql.transaction(async ({ query }) => {
        for (const statement of restageBudgets.down(schema)) await query(statement);
      });
    await postgresBudgetStore({ sql: database.sql, schema }).reserve({ runId: "a", microUsd: 1, lines: [sampleLine()] });
    await expect(down()).rejects.toMatchObject({ message: expect.stringContaining("would be lost") });
    await database.sql.query(`delete from ${schema}.restage_budget_counters`);
    await down();
    const { rows } = await database.sql.query(
      "select relname from pg_class where relnamespace = $1::text::regnamespace union all select proname from pg_proc where pronamespace = $1::text::regnamespace",
      [schema],
    );
    expect(rows).toEqual([]);
  });
});
