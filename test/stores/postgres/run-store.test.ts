import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MissingTableError } from "../../../src/errors/missing-table-error.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import { runStoreSuite, sampleAttempt, sampleRun } from "../../../src/testing/run-store-suite.ts";
import { createDatabase, type TestDatabase } from "../../postgres/create-database.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, type OpenSql, openSql } from "../../postgres/open-sql.ts";
import { createRunsSchema, emptyRunsSchema } from "./create-runs-schema.ts";

describe.each(drivers)("postgresRunStore through %s", (driver) => {
  let database: OpenSql;
  let emptied: string;
  beforeAll(async () => {
    database = await openDatabase(driver);
    emptied = await createRunsSchema(database.sql);
  }, 60_000);
  afterAll(() => database.close());

  // The tests come one after the other, each with one such store at a time.
  const createStore = async () => {
    await emptyRunsSchema(database.sql, emptied);
    return postgresRunStore({ sql: database.sql, schema: emptied });
  };

  describe("keeps the suite", () => {
    for (const { name, run } of runStoreSuite) it(name, () => run({ createStore, advance: (milliseconds) => wait(milliseconds) }));
  });

  it("keeps what PostgreSQL refuses as U+FFFD, in values and names, and tells it from text that only looks like it", async () => {
    const store = await createStore();
    const broken = "a\0b\ud800c\udc00\\u0000\\\ud83d\ude00";
    const kept = "a\ufffdb\ufffdc\ufffd\\u0000\\😀";
    const { run } = await store.create(
      sampleRun({ id: broken, idempotencyKey: broken, projectId: broken, config: { [broken]: [broken] } }),
    );
    expect(run).toMatchObject({ id: kept, idempotencyKey: kept, projectId: kept, config: { [kept]: [kept] } });
    const error = { code: "prediction_failed", message: broken, retryable: false, billed: "yes" } as const;
    const attempts = [sampleAttempt({ predictionId: broken, error })];
    const updated = await store.update(broken, 1, { error, group: broken, attempts });
    expect(updated).toMatchObject({ error: { message: kept }, group: kept, attempts: [{ predictionId: kept, error: { message: kept } }] });
    expect(await store.get(broken)).toEqual(updated);
    expect((await store.list({ projectId: broken, group: broken })).runs).toEqual([updated]);
    expect((await store.create(sampleRun({ idempotencyKey: broken }))).run).toEqual(updated);
  });

  it("refuses a version that no run can have", async () => {
    const store = await createStore();
    const { run } = await store.create(sampleRun());
    for (const version of [1.5, Number.NaN, 2 ** 40, Number.POSITIVE_INFINITY]) {
      await expect(store.update(run.id, version, {})).rejects.toMatchObject({ code: "run_conflict", currentVersion: 1 });
    }
    expect(await store.get(run.id)).toEqual(run);
  });

  it("is one store for all who open it, and another in another schema", async () => {
    const schema = await createRunsSchema(database.sql);
    const [one, same] = [postgresRunStore({ sql: database.sql, schema }), postgresRunStore({ sql: database.sql, schema })];
    const { run } = await one.create(sampleRun({ idempotencyKey: "key" }));
    expect(await same.get(run.id)).toEqual(run);
    expect((await same.create(sampleRun({ idempotencyKey: "key" }))).isNew).toBe(false);
    const other = await createStore();
    expect(await other.get(run.id)).toBeUndefined();
    expect((await other.create({ ...sampleRun({ idempotencyKey: "key" }), id: run.id })).isNew).toBe(true);
  });

  it("says what to do where its tables are missing", async () => {
    const store = postgresRunStore({ sql: database.sql, schema: "nowhere" });
    const calls = [
      store.create(sampleRun()),
      store.get("id"),
      store.update("id", 1, {}),
      store.claim({ states: ["running"], leaseMs: 1, limit: 1 }),
      store.list(),
      store.summarise({ by: [] }),
      store.purge({ olderThan: "2026-04-01" }),
    ];
    for (const result of await Promise.allSettled(calls)) {
      const error = result.status === "rejected" ? result.reason : undefined;
      expect(MissingTableError.is(error)).toBe(true);
      expect(String(error)).toContain("restage migrate up");
    }
  });
});

describe("postgresRunStore where a statement fails that another came before", () => {
  let database: TestDatabase;
  let opened: OpenSql;
  let schema: string;
  beforeAll(async () => {
    database = await createDatabase();
    const options = new URLSearchParams({ options: "-c default_transaction_isolation=repeatable\\ read" });
    opened = await openSql("pg", { connectionString: `${database.connectionString}?${options}` });
    schema = await createRunsSchema(opened.sql);
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  const cases = runStoreSuite.filter(({ name }) => /concurrent|at once|writers/.test(name));

  const createStore = async () => {
    await emptyRunsSchema(opened.sql, schema);
    return postgresRunStore({ sql: opened.sql, schema });
  };

  it.each(cases)("$name", ({ run }) => run({ createStore }));
});
