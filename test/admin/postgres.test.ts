import { expect, it, onTestFinished } from "vitest";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { migrate } from "../../src/stores/postgres/migrate.ts";
import { postgresBudgetStore } from "../../src/stores/postgres/postgres-budget-store.ts";
import { postgresConfigStore } from "../../src/stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { openDatabase } from "../postgres/open-database.ts";
import { pro, setUpAdmin } from "./helpers.ts";

it("stands on PostgreSQL, and what no database can hold is no failure of it", async () => {
  const { sql, close } = await openDatabase("pg");
  onTestFinished(close);
  await migrate({ sql });
  const store = postgresConfigStore({ sql });
  const runs = postgresRunStore({ sql });
  const budgets = createBudgets({ store: postgresBudgetStore({ sql }), configStore: store });
  const { ask, errors } = setUpAdmin({ settings: createSettings({ store }), runs, budgets });
  await runs.create(sampleRun({ id: "run_1", state: "succeeded" }));

  const path = `models/${pro}/config`;
  const { json } = await ask(path);
  const body = { values: { safety_tolerance: 2 }, note: "calmer" };
  const answers = await Promise.all([1, 2, 3].map(() => ask(path, { method: "PUT", body, version: json.version })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  expect((await ask(`${path}/history`)).json.versions[0]).toMatchObject({ author: { name: "spender" }, note: "calmer" });
  expect((await ask("runs/run_1/feedback", { method: "PUT", body: { accepted: true }, version: 1 })).json.version).toBe(2);
  expect((await ask("costs?by=model")).json.rows).toHaveLength(1);
  expect((await ask("budgets/all", { method: "PUT", body: { period: "day", limitMicroUsd: 1 }, version: 0 })).status).toBe(200);

  const nothing = ["runs/%00", "runs/%00/images/0", "projects/%00/pause", "projects/%00/explain", "models/%00/config", "budgets/%00"];
  const noLists = ["runs", "costs"].flatMap((list) => ["projectId", "modelId", "cursor", "since"].map((name) => `${list}?${name}=%00`));
  for (const asked of [...nothing, ...noLists, "projects?cursor=%00", "explain?modelId=%00", `${path}/history?cursor=99999999999`]) {
    const { status } = await ask(asked);
    expect(status < 500, `${asked}: ${status}`).toBe(true);
  }
  for (const id of ["%00", "x".repeat(100_000)]) {
    const feedback = await ask(`runs/${id}/feedback`, { method: "PUT", body: { accepted: true }, version: 1 });
    expect(feedback.status, id.slice(0, 10)).toBe(404);
    const budget = await ask(`budgets/${id}`, { method: "PUT", body: { period: "day", limitMicroUsd: 1 }, version: 1 });
    expect(budget.status, id.slice(0, 10)).toBe(422);
  }
  const late = await ask("runs/run_1/feedback", { method: "PUT", body: { accepted: true, reason: "\u0000" }, version: 2 });
  expect(late.status).toBeLessThan(500);
  const stale = await ask(path, { method: "PUT", body, version: 999_999_999_999_999 });
  expect(stale.status).toBe(412);
  const back = await ask(`${path}/rollback`, { method: "POST", body: { version: 9_007_199_254_740_991 }, version: 2 });
  expect(back.status).toBe(422);
  expect(errors).toEqual([]);
});
