import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import { RestageError } from "../../src/errors/restage-error.ts";
import { openStates } from "../../src/runs/run.ts";
import { fromPg } from "../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../src/stores/postgres/migrate.ts";
import { postgresBudgetStore } from "../../src/stores/postgres/postgres-budget-store.ts";
import { postgresConfigStore } from "../../src/stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import { createDatabase, type TestDatabase } from "../postgres/create-database.ts";
import { startReplicate } from "../replicate/helpers.ts";
import { startBudgetWorker } from "./start-budget-worker.ts";

const stagings = Number(process.env.RESTAGE_BUDGET_STAGINGS ?? 90);
const processes = stagings >= 1_000 ? 8 : 3;
const affordable = Math.floor(stagings / 5);
const priceMicroUsd = 30_000;
const durations = { requestTimeoutMs: 2_000, settleMs: 300, leaseMs: 2_600 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
}, 60_000);
afterAll(() => database.drop());

it(`a budget for ${affordable} images: ${stagings} stagings at once, ${processes} processes, some killed`, {
  timeout: 300_000,
}, async () => {
  const simulator = await startReplicate({ clock: "running", timeScale: 0.01, rateLimits: false });
  const { url: baseUrl, token } = simulator;
  const { connectionString } = database;
  const pool = new pg.Pool({ connectionString, max: 8 });
  onTestFinished(() => pool.end());
  const sql = fromPg(pool);
  await migrate({ sql });
  const alerts: number[] = [];
  const budgets = createBudgets({
    store: postgresBudgetStore({ sql }),
    configStore: postgresConfigStore({ sql }),
    onAlert: ({ percent }) => alerts.push(percent),
  });
  const limitMicroUsd = affordable * priceMicroUsd;
  await budgets.set({ id: "everything", period: "total", limitMicroUsd, alertPercents: [50, 80, 95] }, { author: { name: "Ada" } });

  const dieAt = [{ create: 1, isAfter: false }, { create: 2, isAfter: true }, undefined, undefined];
  const start = (index: number) => {
    const death = dieAt[index % 4];
    const setup = { connectionString, baseUrl, token, ...durations, name: `${index}`, stagings: stagings / processes };
    return startBudgetWorker(death ? { ...setup, dieAt: death } : setup);
  };
  const workers = await Promise.all(Array.from({ length: processes }, (_, index) => start(index)));
  onTestFinished(() => {
    for (const worker of workers) worker.kill();
  });
  // Whoever gets no place within the budget lives on: those who are to die come first.
  const mortal = workers.filter((_, index) => dieAt[index % 4] !== undefined);
  const working = mortal.map((worker) => worker.work());
  for (; (await budgets.status())[0]?.reservedMicroUsd === 0; await wait(5));
  for (const worker of workers) if (!mortal.includes(worker)) working.push(worker.work());
  const ends = await Promise.all(working);
  expect(ends.filter(({ signal }) => signal === "SIGKILL").length).toBeGreaterThan(0);
  const codes = new Set(ends.flatMap((end) => Object.keys(end.codes ?? {})));
  expect([...codes].filter((code) => code !== "staged" && code !== "budget_exceeded")).toEqual([]);
  expect(simulator.ledger.microUsd).toBeLessThanOrEqual(limitMicroUsd);

  const runStore = postgresRunStore({ sql });
  const client = new StagingClient({ baseUrl, token, ...durations, limiter: false, runStore, budgets });
  const isOpen = async () => {
    const [runs, reservations] = [await runStore.list({ states: openStates, limit: 1 }), await budgets.open({ olderThanMs: 0, limit: 1 })];
    return runs.runs.length + reservations.length > 0;
  };
  // As a cron does, until nothing is left: what the dead held is free when its lease is over.
  for (; await isOpen(); await wait(100)) await client.resume({ limit: 1_000 });
  const [between] = await budgets.status();
  expect(between).toMatchObject({ spentMicroUsd: simulator.ledger.microUsd, reservedMicroUsd: 0 });

  // The rest can be used, to the last image.
  const last = [];
  for (let index = 0; index <= affordable; index += 1) {
    const image = `https://example.com/rest/${index}.jpg`;
    last.push(
      await client.stage({ image, room: "bedroom" }).then(
        () => "staged",
        (error) => (RestageError.is(error) ? error.code : error),
      ),
    );
    if (last.at(-1) !== "staged") break;
  }
  expect(last.at(-1)).toBe("budget_exceeded");
  expect(simulator.ledger.microUsd).toBe(limitMicroUsd);
  expect(await budgets.status()).toMatchObject([
    { spentMicroUsd: limitMicroUsd, reservedMicroUsd: 0, leftMicroUsd: 0, alertedPercents: [50, 80, 95] },
  ]);
  await budgets.deliverAlerts();
  const told = [...alerts, ...workers.flatMap((worker) => worker.alerts)].sort();
  expect([...new Set(told)]).toEqual([50, 80, 95]);
});
