// A process that stages as much as it is told at once, within a budget, and kills itself at one of its creates where that was asked for.
import pg from "pg";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import { RestageError } from "../../src/errors/restage-error.ts";
import { fromPg } from "../../src/stores/postgres/from-pg.ts";
import { postgresBudgetStore } from "../../src/stores/postgres/postgres-budget-store.ts";
import { postgresConfigStore } from "../../src/stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import type { BudgetWorkerSetup, BudgetWorkerWord } from "./start-budget-worker.ts";

const { connectionString, dieAt, stagings, name, ...options } = JSON.parse(process.argv[2] ?? "") as BudgetWorkerSetup;
const tell = (word: BudgetWorkerWord) => new Promise((resolve) => process.send?.(word, resolve));
const pool = new pg.Pool({ connectionString, max: 4 });
pool.on("error", () => undefined);
const sql = fromPg(pool);
const budgets = createBudgets({
  store: postgresBudgetStore({ sql }),
  configStore: postgresConfigStore({ sql }),
  onAlert: ({ percent }) => tell({ alert: percent }),
});
let creates = 0;
const client = new StagingClient({
  ...options,
  budgets,
  limiter: false,
  runStore: postgresRunStore({ sql }),
  async fetch(input, init) {
    const isCreate = (input instanceof Request ? input.method : init?.method) === "POST";
    const isLast = isCreate && ++creates === dieAt?.create;
    if (isLast && !dieAt?.isAfter) process.kill(process.pid, "SIGKILL");
    const response = await fetch(input, init);
    if (isLast) process.kill(process.pid, "SIGKILL");
    return response;
  },
});
await tell("ready");
process.once("message", async () => {
  const codes: Record<string, number> = {};
  const count = (code: string) => {
    codes[code] = (codes[code] ?? 0) + 1;
  };
  const stage = (index: number) =>
    client.stage({ image: `https://example.com/${name}/${index}.jpg`, room: "bedroom" }).then(
      () => count("staged"),
      (error) => count(RestageError.is(error) ? error.code : String(error)),
    );
  await Promise.all(Array.from({ length: stagings }, (_, index) => stage(index)));
  await budgets.deliverAlerts();
  await tell({ codes });
  await pool.end();
  process.disconnect();
});
