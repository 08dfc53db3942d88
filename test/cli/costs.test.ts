import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { fromPg } from "../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../src/stores/postgres/migrate.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import { createReplicateSimulator } from "../../src/testing/index.ts";
import { sampleAttempt } from "../../src/testing/run-store-cases/sample-attempt.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { createDatabase, type TestDatabase } from "../postgres/create-database.ts";
import { recordTerminal } from "./record-terminal.ts";

const qwen = "qwen/qwen-image-edit";
const pro = "black-forest-labs/flux-kontext-pro";

let database: TestDatabase;
let pool: pg.Pool;
let directory: string;
let runStore: RunStore;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "restage-costs-"));
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.connectionString });
  const sql = fromPg(pool);
  await migrate({ sql });
  runStore = postgresRunStore({ sql });
  const sentAt = new Date(Date.now() - 600_000).toISOString();
  const book = (predictionId: string, modelId: string, projectId: string | null, microUsd: number | null) => {
    const cost = { microUsd, basis: "table", priceVersion: "2026-11", outputs: 1 } as const;
    const attempts = [sampleAttempt({ predictionId, modelId, sentAt, cost })];
    return runStore.create(
      sampleRun({ id: `run-${predictionId}`, state: "succeeded", modelId, projectId, attempts, cost, prompt: "Ms. Miller" }),
    );
  };
  await book("p1", qwen, "villa", 30_000);
  await book("p2", qwen, "villa", 30_000);
  await book("p3", pro, null, 40_000);
  await book("p4", pro, null, null);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  vi.stubEnv("DATABASE_URL", database.connectionString);
  vi.stubEnv("RESTAGE_DATA", join(directory, "never"));
  vi.stubEnv("REPLICATE_API_TOKEN", undefined);
  return () => vi.unstubAllEnvs();
});

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const terminal = recordTerminal();
  const code = await runCommandLine(words, terminal);
  return { code, stdout: terminal.printed.join("\n"), stderr: terminal.noted.join("\n") };
}

/** What a command says with --json; it must end with this code. */
async function ask(words: readonly string[], expected = 0) {
  const { code, stdout } = await run(...words, "--json");
  expect(code, stdout).toBe(expected);
  return JSON.parse(stdout);
}

describe("restage costs", () => {
  it("shows every model with what it cost, and says what is estimated or unknown", async () => {
    const { code, stdout } = await run("costs");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Costs since \d{4}-\S+Z · the database of DATABASE_URL/);
    expect(stdout).toMatch(/\nblack-forest-labs\/flux-kontext-pro +2 .*\$0\.04 +estimated, 1 unknown /);
    expect(stdout).toMatch(/\nqwen\/qwen-image-edit +2 .*\$0\.06 +estimated +/);
    expect(stdout).toMatch(/\nall +4 .*\$0\.10 +estimated, 1 unknown/);
    expect(stdout).toContain("What 1 run cost is not known");
  });

  it("tells programs the same, by several keys and of one project", async () => {
    const { by, rows, total, until } = await ask(["costs", "--by", "project,month", "--since", "2h", "--until", "2030-01-01"]);
    expect(by).toEqual(["project", "month"]);
    const month = new Date().toISOString().slice(0, 7);
    expect(rows).toMatchObject([
      { projectId: "villa", month, runs: 2, costMicroUsd: 60_000, estimatedMicroUsd: 60_000, unknownCosts: 0 },
      { projectId: null, month, runs: 2, costMicroUsd: 40_000, unknownCosts: 1 },
    ]);
    expect([total.runs, total.costMicroUsd, until]).toEqual([4, 100_000, "2030-01-01T00:00:00.000Z"]);
    expect(await ask(["costs", "--project", "villa"])).toMatchObject({ rows: [{ modelId: qwen, runs: 2 }], total: { runs: 2 } });
    expect(await ask(["costs", "--model", "flux-kontext-pro"])).toMatchObject({
      rows: [{ modelId: pro }],
      total: { costMicroUsd: 40_000 },
    });
    expect(await ask(["costs", "--since", "2020-01-01", "--until", "2020-02-01"])).toMatchObject({ rows: [], total: { runs: 0 } });
    expect((await run("costs", "--since", "2020-01-01", "--until", "2020-02-01")).stdout).toContain("No run was made");
  });

  it("gives a spreadsheet plain numbers under a header", async () => {
    const { stdout } = await run("costs", "--by", "model,project", "--csv");
    const [header, ...rows] = stdout.split("\r\n");
    expect(header).toBe(
      "model,project,runs,images,succeeded,failed,accepted,cost_usd,estimated_usd,unknown_costs,failure_rate,p50_ms,p95_ms,cost_per_accepted_usd",
    );
    expect(rows).toEqual([
      expect.stringMatching(/^black-forest-labs\/flux-kontext-pro,,2,0,2,0,0,0\.040000,0\.040000,1,/),
      expect.stringMatching(/^qwen\/qwen-image-edit,villa,2,0,2,0,0,0\.060000,0\.060000,0,/),
    ]);
  });

  it.each([
    ["--by takes model", ["--by", "colour"]],
    ["--by names something twice", ["--by", "model,model"]],
    ["exclude each other", ["--csv", "--json"]],
    ["--since takes a time", ["--since", "yesterday"]],
    ["--since must be before now", ["--since", "2099-01-01"]],
    ["--since must be before --until", ["--since", "1d", "--until", "2d"]],
  ])("says %j and opens nothing", async (message, words) => {
    vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    const { code, stdout, stderr } = await run("costs", ...words);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(message);
  });

  it("helps with itself and with what else begins with its name", async () => {
    for (const words of [
      ["costs", "--help"],
      ["costs", "-h"],
    ]) {
      const { stdout } = await run(...words);
      expect(stdout).toContain("restage costs [options]");
      expect(stdout).toContain("costs reconcile");
      expect(stdout).toContain("--by KEYS");
    }
    expect((await run("costs", "reconcile", "--help")).stdout).toContain("--invoice FILE");
    expect((await run("costs", "everything")).stderr).toContain("Unknown command");
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(["costs", "budget"]));
  });

  it("makes no folder where nothing is kept", async () => {
    vi.stubEnv("DATABASE_URL", undefined);
    expect(await ask(["costs"])).toMatchObject({
      rows: [],
      total: { runs: 0 },
      place: expect.stringContaining("nothing is kept there yet"),
    });
    expect(await ask(["budget", "list"])).toMatchObject({ budgets: [] });
    const file = join(directory, "first.csv");
    await writeFile(file, "prediction_id,amount_usd\np1,0.025\n");
    expect(await ask(["costs", "reconcile", "--invoice", file])).toMatchObject({ updated: [], foreign: [{ predictionId: "p1" }] });
    expect(await readdir(directory)).not.toContain("never");
  });
});

describe("restage costs price", () => {
  const set = (...words: string[]) => run("costs", "price", "qwen-image-edit", "--author", "Ada", ...words);

  it("sets a price, shows it among all, tells its history, goes back and takes it away", async () => {
    const { code, stdout } = await set("--usd", "0.025", "--source", "our contract", "--as-of", "2026-11-20", "--failed", "free");
    expect([code, stdout]).toEqual([0, expect.stringContaining("✓ saved as version 1 in the database")]);
    const price = { per: "output_image", microUsd: 25_000, asOf: "2026-11-20", source: "our contract", failed: "free" };
    const { prices } = await ask(["costs", "prices"]);
    expect(prices).toContainEqual({ modelId: qwen, price, origin: "global", version: 1 });
    expect(prices).toHaveLength(5);
    expect((await run("costs", "prices")).stdout).toMatch(
      /\nqwen\/qwen-image-edit +\$0\.025 +per output image +2026-11-20 +your own, version 1/,
    );

    expect((await set("--usd", "0.02", "--per", "second", "--source", "a guess")).stdout).toContain("version 2");
    expect((await ask(["config", "history", "price:qwen-image-edit"])).versions).toHaveLength(2);
    expect((await run("config", "rollback", "price:qwen-image-edit", "1")).stdout).toContain("version 3");
    expect((await ask(["costs", "prices"])).prices).toContainEqual({ modelId: qwen, price, origin: "global", version: 3 });
    expect((await set("--reset")).stdout).toContain("version 4");
    expect((await ask(["costs", "prices"])).prices).toContainEqual(expect.objectContaining({ modelId: qwen, origin: "default" }));
  });

  it.each<[number, string, string[]]>([
    [2, "needs either --usd or --reset", []],
    [2, "needs either --usd or --reset", ["--usd", "1", "--reset"]],
    [2, "--usd takes US dollars", ["--usd=-1", "--source", "x"]],
    [2, "--usd needs --source", ["--usd", "1"]],
    [2, "--per takes image", ["--usd", "1", "--source", "x", "--per", "prediction"]],
    [1, "asOf: must be the date", ["--usd", "1", "--source", "x", "--as-of", "today"]],
    [1, "failed: must be free or charged", ["--usd", "1", "--source", "x", "--failed", "perhaps"]],
  ])("ends with %i and says %j", async (code, message, words) => {
    const ended = await set(...words);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(message)]);
  });

  it("is one for all projects", async () => {
    const { code, stderr } = await run("config", "history", "price:qwen-image-edit", "--project", "villa");
    expect([code, stderr]).toEqual([2, expect.stringContaining("one for all projects")]);
  });
});

describe("restage costs reconcile", () => {
  it("finds what Replicate lists and the books do not have, and the other way round, with no prompt in it", async () => {
    const simulator = await createReplicateSimulator();
    try {
      vi.stubEnv("REPLICATE_BASE_URL", simulator.url);
      vi.stubEnv("REPLICATE_API_TOKEN", simulator.token);
      const planted = simulator.createElsewhere({ modelId: pro, input: { prompt: "Ms. Miller" }, agoMs: 600_000 });
      const found = await ask(["costs", "reconcile", "--from-api", "--since", "1h"]);
      expect(found).toMatchObject({ checked: 1, foreign: [{ predictionId: planted, modelId: pro }], unsettled: [] });
      expect(found.missing.map(({ predictionId }: { predictionId: string }) => predictionId).sort()).toEqual(["p1", "p2", "p3", "p4"]);
      const { stdout } = await run("costs", "reconcile", "--from-api", "--since", "1h");
      expect(stdout).toMatch(/Without a run: another program's, or paid and lost: 1\n {2}\S+ +black-forest-labs/);
      expect(stdout).toContain("Runs whose prediction Replicate does not list: 4");
      expect(stdout + JSON.stringify(found)).not.toContain("Miller");
    } finally {
      await simulator.close();
    }
  });

  it("writes an invoice into the books, once", async () => {
    const file = join(directory, "invoice.csv");
    await writeFile(file, "prediction_id,amount_usd\r\np1,0.025\r\np2,0.03\r\nother,1\r\n");
    const { code, stdout } = await run("costs", "reconcile", "--invoice", file);
    expect(code).toBe(0);
    expect(stdout).toContain("✓ 2 costs written to the database");
    expect(stdout).toContain("The invoice comes to $1.055; against the books before: -$0.005");
    expect(stdout).toMatch(/On the invoice without a run.*: 1\n {2}other/);
    expect(await ask(["costs", "reconcile", "--invoice", file])).toMatchObject({ updated: [], unchanged: 2, differenceMicroUsd: 0 });
    expect(await ask(["costs", "--project", "villa"])).toMatchObject({ total: { costMicroUsd: 55_000, estimatedMicroUsd: 0 } });
    expect((await runStore.get("run-p1"))?.cost).toMatchObject({ basis: "invoice", microUsd: 25_000 });
  });

  it("names line and column of what is wrong in an invoice, and changes nothing", async () => {
    const file = join(directory, "wrong.csv");
    await writeFile(file, "prediction_id,amount_usd\np3,0.05\np4,-1\n");
    const { code, stderr } = await run("costs", "reconcile", "--invoice", file);
    expect([code, stderr]).toEqual([1, expect.stringContaining("line 3, amount_usd: must be US dollars")]);
    expect((await runStore.get("run-p3"))?.cost).toMatchObject({ basis: "table", microUsd: 40_000 });
  });

  it.each([
    ["either --from-api or --invoice", []],
    ["either --from-api or --invoice", ["--from-api", "--invoice", "x.csv"]],
    ["for --from-api", ["--invoice", "x.csv", "--since", "1d"]],
    ["cannot be read (ENOENT)", ["--invoice", "no-such-file.csv"]],
  ])("says %j", async (message, words) => {
    const { code, stderr } = await run("costs", "reconcile", ...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("wants a token for the API", async () => {
    expect(await run("costs", "reconcile", "--from-api")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("REPLICATE_API_TOKEN"),
    });
  });
});

describe("restage budget", () => {
  it("sets, lists, changes and removes budgets", async () => {
    expect((await run("budget", "list")).stdout).toContain("None is set");
    const { code, stdout } = await run(
      "budget",
      "set",
      "all",
      "--limit",
      "25",
      "--period",
      "month",
      "--alerts",
      "50,80",
      "--author",
      "Ada",
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining("✓ all: $25.00 a month, saved in the database")]);
    await ask([
      "budget",
      "set",
      "villa",
      "--limit",
      "0.5",
      "--period",
      "total",
      "--project",
      "villa",
      "--model",
      "flux-kontext-pro",
      "--soft",
    ]);
    const { budgets } = await ask(["budget", "list"]);
    expect(budgets).toMatchObject([
      {
        budget: { id: "all", period: "month", limitMicroUsd: 25_000_000, alertPercents: [50, 80], isHard: true },
        leftMicroUsd: 25_000_000,
      },
      { budget: { id: "villa", projectId: "villa", modelId: pro, limitMicroUsd: 500_000, isHard: false }, resetsAt: null },
    ]);
    const text = (await run("budget", "list")).stdout;
    expect(text).toMatch(/\nall +everything +month +\$25\.00 +\$0\.00 +\$0\.00 +\$25\.00 +\d{4}-\d\d-01/);
    expect(text).toMatch(/\nvilla +black-forest-labs\/flux-kontext-pro, project villa +total +\$0\.50 .* never +only tells/);
    await ask(["budget", "set", "all", "--limit", "30", "--step-down", "qwen-image-edit", "--unknown-price", "allow"]);
    expect((await ask(["budget", "list"])).budgets[0].budget).toMatchObject({
      limitMicroUsd: 30_000_000,
      unknownPrice: "allow",
      stepDown: { modelId: qwen, atPercent: 90 },
    });
    expect(await run("budget", "remove", "villa")).toMatchObject({ code: 0, stdout: expect.stringContaining("✓ villa removed") });
    expect(await ask(["budget", "remove", "villa"], 1)).toMatchObject({ isRemoved: false });
  });

  it.each<[number, string, string[]]>([
    [2, "needs --limit", []],
    [2, "--limit takes US dollars", ["--limit=-5"]],
    [2, "--limit takes US dollars", ["--limit", "0"]],
    [2, "--limit takes US dollars", ["--limit", "0.0000001"]],
    [2, "--period takes day", ["--limit", "5", "--period", "fortnight"]],
    [2, "--alerts takes whole percents", ["--limit", "5", "--alerts", "50,101"]],
    [2, "--alerts takes whole percents", ["--limit", "5", "--alerts", "5.5"]],
    [2, "--unknown-price takes", ["--limit", "5", "--unknown-price", "maybe"]],
    [2, "--step-down-at needs", ["--limit", "5", "--step-down-at", "90"]],
    [1, "alertPercents", ["--limit", "5", "--period", "day", "--alerts", "80,50"]],
  ])("ends with %i and says %j", async (code, message, words) => {
    const ended = await run("budget", "set", "wrong", ...words);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(message)]);
    expect((await ask(["budget", "list"])).budgets.map(({ budget }: { budget: { id: string } }) => budget.id)).not.toContain("wrong");
  });
});

it("restage stage keeps to the budgets, and a simulated staging counts under none", async () => {
  const simulator = await createReplicateSimulator();
  onTestFinished(() => simulator.close());
  vi.stubEnv("REPLICATE_BASE_URL", simulator.url);
  vi.stubEnv("REPLICATE_API_TOKEN", simulator.token);
  await ask(["budget", "set", "cabin", "--limit", "0.05", "--project", "cabin"]);
  const out = ["--out", join(directory, "staged.webp"), "--force"];
  const stage = (...words: string[]) =>
    run("stage", "https://example.com/room.jpg", "--room", "bedroom", "--project", "cabin", ...out, ...words);
  expect((await stage("--simulate")).code).toBe(0);
  simulator.outcomes.add({ startingMs: 0, durationMs: 0 });
  expect((await stage()).code).toBe(0);
  expect(await stage()).toMatchObject({ code: 1, stderr: expect.stringContaining("`restage budget set` raises it") });
  expect(simulator.ledger.microUsd).toBe(30_000);
  const { budgets } = await ask(["budget", "list"]);
  expect(budgets).toContainEqual(expect.objectContaining({ spentMicroUsd: 30_000, reservedMicroUsd: 0, leftMicroUsd: 20_000 }));
  await ask(["budget", "remove", "cabin"]);
});

it("restage costs says where runs of the simulator are among them, and Replicate is not asked for those", async () => {
  expect((await run("costs")).stdout).not.toContain("--simulate");
  const sentAt = new Date(Date.now() - 600_000).toISOString();
  const attempts = [sampleAttempt({ predictionId: "drawn", sentAt })];
  await runStore.create(sampleRun({ group: "simulated", modelId: pro, attempts }));
  expect((await run("costs")).stdout).toContain("Runs of --simulate are among these");
  expect((await run("costs", "--model", "qwen-image-edit")).stdout).not.toContain("--simulate");
  expect((await run("costs", "--project", "villa")).stdout).not.toContain("--simulate");

  const simulator = await createReplicateSimulator();
  onTestFinished(() => simulator.close());
  vi.stubEnv("REPLICATE_BASE_URL", simulator.url);
  vi.stubEnv("REPLICATE_API_TOKEN", simulator.token);
  const { missing } = await ask(["costs", "reconcile", "--from-api", "--since", "1h"]);
  expect(missing.map(({ predictionId }: { predictionId: string }) => predictionId).sort()).toEqual(["p1", "p2", "p3", "p4"]);
});
