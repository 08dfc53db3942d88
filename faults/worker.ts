// A process that stages, over PostgreSQL, until it is told to end or has come to the step at which it ends itself.
import { writeSync } from "node:fs";
import pg from "pg";
import { StagingClient } from "../src/client/staging-client.ts";
import type { RunStore } from "../src/runs/run-store.ts";
import { fromPg } from "../src/stores/postgres/from-pg.ts";
import { postgresRunStore } from "../src/stores/postgres/postgres-run-store.ts";
import { callByTheRules, fetchByTheRules } from "./caller.ts";
import { createCanarySearch } from "./canary-search.ts";
import { toRandom } from "./random.ts";
import { nothingResumed, type Resumed, resumeAll } from "./resume-all.ts";
import { toClientOptions } from "./to-client-options.ts";
import type { WorkerAnswer, WorkerSetup, WorkerTask } from "./worker-messages.ts";

const setup = JSON.parse(process.argv[2] ?? "") as WorkerSetup;
let steps = 0;

/** Makes one step, and ends or stands still before or after it where that was asked for. */
async function step<Value>(act: () => Promise<Value>): Promise<Value> {
  steps += 1;
  const isStop = steps === setup.stop?.step;
  if (isStop && !setup.stop?.isDone) stop();
  const value = await act();
  if (isStop && setup.stop?.isDone) stop();
  return value;
}

function stop(): void {
  // At once, whatever becomes of this process.
  writeSync(1, "stopping\n");
  process.kill(process.pid, setup.stop?.signal ?? "SIGKILL");
}

function inSteps(store: RunStore): RunStore {
  const entries = Object.entries(store).map(([name, call]) => [name, (...given: readonly never[]) => step(() => call(...given))]);
  return Object.fromEntries(entries) as RunStore;
}

const pool = new pg.Pool({ connectionString: setup.databaseUrl, max: 4 });
pool.on("error", () => undefined);
await pool.query("select 1");
const search = createCanarySearch();
if (setup.says) console.log(setup.says);
search.seeText("what it was told", setup.tells);
const client = new StagingClient({
  ...toClientOptions({}, setup),
  random: toRandom(setup.seed),
  runStore: inSteps(postgresRunStore({ sql: fromPg(pool) })),
  fetch: (input, init) => step(() => fetch(input, init)),
  onEvent: (event) => search.seeText("an event", JSON.stringify(event)),
});

async function work({ resume, isPatient, mostTimeouts, records }: WorkerTask): Promise<Resumed> {
  const resumed = resume ? await resumeAll(client, search) : nothingResumed;
  const call = async (record: WorkerTask["records"][number]) => {
    if (record.staging.request.idempotencyKey !== undefined) await callByTheRules(client, record, search, { isPatient, mostTimeouts });
    else if (record.runId !== undefined) await fetchByTheRules(client, record, record.runId, search);
  };
  await Promise.all(records.map(call));
  return resumed;
}

process.on("message", async (task: WorkerTask) => {
  const resumed = await work(task);
  process.send?.({ number: task.number, records: task.records, resumed, canary: search.result, steps } satisfies WorkerAnswer);
});
process.once("disconnect", () => process.exit());
process.send?.("ready");
