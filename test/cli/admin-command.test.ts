import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import { fromPg } from "../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../src/stores/postgres/migrate.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import { tinyPng, toDataUrl } from "../client/helpers.ts";
import { createDatabase } from "../postgres/create-database.ts";
import { prepareFolder } from "./prepare-folder.ts";
import { recordTerminal } from "./record-terminal.ts";
import { runCli } from "./run-cli.ts";

const qwen = "qwen/qwen-image-edit";
const model = `models/${qwen}/config`;

/** Asks a served page: a path below it, with the right to everything unless other headers are given. */
type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Runs `restage admin`, looks at what it serves, and ends it. */
async function serve(env: Readonly<Record<string, string>>, look: (ask: Ask, page: string) => Promise<void>) {
  const cwd = await mkdtemp(join(tmpdir(), "restage-admin-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  if (env.DATABASE_URL === undefined) await prepareFolder(join(cwd, ".restage"));
  let looked: Promise<void> | undefined;
  const { code, stderr } = await runCli(["admin", "--json", "--simulate", "--author", "Ada Lovelace"], {
    cwd,
    env,
    onStart: (child) => {
      let printed = "";
      child.stdout?.on("data", (text: string) => {
        printed += text;
        if (looked !== undefined || !printed.trimEnd().endsWith("}")) return;
        const [page = "", token = ""] = JSON.parse(printed).address.split("#token=");
        const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
        const ask: Ask = (path, init = {}) => fetch(page + path, { ...init, headers: { ...headers, ...init.headers } });
        looked = look(ask, page).finally(() => child.kill("SIGTERM"));
        // Told below.
        looked.catch(() => undefined);
      });
    },
  });
  await looked;
  expect(code).toBe(0);
  return stderr;
}

/** Tries a photo, and gives its run once its image is there. */
async function tryPhoto(ask: Ask): Promise<Pick<RunRecord, "id" | "group" | "version" | "finishedAt">> {
  const body = JSON.stringify({ image: toDataUrl(tinyPng), room: "bedroom", style: "modern", modelId: qwen });
  const { runId } = await (await ask("try", { method: "POST", body, headers: { "idempotency-key": "press-0001" } })).json();
  await expect.poll(async () => (await (await ask(`runs/${runId}`)).json()).state, { timeout: 20_000 }).toBe("succeeded");
  expect((await ask(`runs/${runId}/images/0`)).status).toBe(200);
  return (await ask(`runs/${runId}`)).json();
}

/** Sets a budget, and gives a look at it. */
async function limit(ask: Ask): Promise<() => Promise<unknown>> {
  const budget = { method: "PUT", headers: { "if-match": '"0"' }, body: '{"period":"month","limitMicroUsd":1000000}' };
  // For a model that nobody stages with it would never hold.
  const idle = { ...budget, body: '{"period":"month","limitMicroUsd":1000000,"modelId":"acme/none"}' };
  expect(await (await ask("budgets/all", idle)).json()).toMatchObject({ status: 422, issues: [{ field: "modelId" }] });
  expect((await ask("budgets/all", budget)).status).toBe(200);
  return async () => (await (await ask("budgets")).json()).budgets;
}

const unused = [{ spentMicroUsd: 0, reservedMicroUsd: 0 }];

describe("restage admin", { timeout: 60_000 }, () => {
  it("serves the page and the stored settings to whoever has its address, and ends at once", async () => {
    const stderr = await serve({}, async (ask, page) => {
      const put = (headers: Readonly<Record<string, string>> = {}) =>
        ask(model, { method: "PUT", headers: { "if-match": '"1"', ...headers }, body: '{"values":{"output_quality":70},"note":"a look"}' });
      expect(new URL(page).hostname).toBe("127.0.0.1");
      expect((await fetch(`${page}models`)).status).toBe(401);
      expect((await put({ authorization: "" })).status).toBe(403);
      expect((await put({ authorization: "Bearer guessed" })).status).toBe(401);
      expect((await put({ origin: "http://127.0.0.1:1" })).status).toBe(403);
      expect((await put()).status).toBe(200);
      expect((await (await ask("features")).json()).canTry).toBe(true);
      expect((await (await ask(`${model}/history`)).json()).versions[0].author.name).toBe("Ada Lovelace");
      const look = await limit(ask);
      // Told from what was paid, as every run of the simulator.
      const { group, finishedAt } = await tryPhoto(ask);
      expect(group).toBe("simulated");
      // The simulator hurries, the books do not.
      expect(Date.parse(finishedAt ?? "")).toBeLessThanOrEqual(Date.now());
      expect((await (await ask("costs")).json()).rows).toMatchObject([{ runs: 1 }]);
      expect(await look()).toMatchObject(unused);
    });
    expect(stderr).toContain("Settings and runs: .restage (PGlite). Photos are tried on the simulator. Ctrl-C ends it.");
  });

  it("writes nothing that never ran into the books of a service", async () => {
    const database = await createDatabase();
    onTestFinished(database.drop);
    const pool = new pg.Pool({ connectionString: database.connectionString });
    onTestFinished(() => pool.end());
    const sql = fromPg(pool);
    await migrate({ sql });
    const stderr = await serve({ DATABASE_URL: database.connectionString }, async (ask) => {
      const look = await limit(ask);
      const { id, version } = await tryPhoto(ask);
      const judged = { method: "PUT", headers: { "if-match": `"${version}"` }, body: '{"accepted":true}' };
      expect((await ask(`runs/${id}/feedback`, judged)).status).toBe(200);
      expect((await (await ask("costs")).json()).rows).toMatchObject([{ runs: 0 }]);
      expect(await look()).toMatchObject(unused);
    });
    expect((await postgresRunStore({ sql }).list()).runs).toEqual([]);
    expect(stderr).toContain("Photos are tried on the simulator, and their runs end with this command.");
  });

  it("takes a port that is one", async () => {
    for (const port of ["0", "70000", "http"]) {
      const terminal = recordTerminal();
      expect(await runCommandLine(["admin", "--port", port], terminal)).toBe(2);
      expect(terminal.noted.join("\n")).toContain(`--port must be 1 to 65535, not ${JSON.stringify(port)}`);
    }
  });
});
