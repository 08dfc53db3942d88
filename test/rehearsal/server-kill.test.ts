import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { StagingClient } from "../../src/client/staging-client.ts";
import { qwenImageEdit } from "../../src/models/index.ts";
import { cachedConfigStore } from "../../src/settings/cached-config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { fromPg, migrate, postgresConfigStore } from "../../src/stores/postgres/index.ts";
import { startServer, type TestServer } from "../postgres/start-server.ts";
import { tinyPng } from "../replicate/helpers.ts";

const id = qwenImageEdit.id;
const target = { setting: "config", modelId: id } as const;
const job = { image: tinyPng, room: "office" } as const;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

it("loses nothing that was acknowledged when the server is killed amid edits, stages on with the last good settings, and catches up", async () => {
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 8 });
  // Connections at rest break with the server.
  pool.on("error", () => undefined);
  const sql = fromPg(pool);
  await migrate({ sql });
  const errors: unknown[] = [];
  const cache = cachedConfigStore(postgresConfigStore({ sql }), { retryMs: 20, maximumAgeMs: 50, onError: (error) => errors.push(error) });
  const [admin, service] = [createSettings({ store: postgresConfigStore({ sql }) }), createSettings({ store: cache })];
  const client = new StagingClient({ token: "none", settings: service });

  // Eight admins, each on the config of a project of its own and on the one that all share.
  const acknowledged = new Map<string, number>();
  let isStopped = false;
  const edit = async (projectId: string | undefined) => {
    for (let number = 0; !isStopped; number++) {
      try {
        const { version } = await admin.saveConfig(id, { output_quality: 1 + (number % 100) }, { author: { name: "Ada" }, projectId });
        acknowledged.set(projectId ?? "", Math.max(version, acknowledged.get(projectId ?? "") ?? 0));
      } catch (error) {
        expect(error).toMatchObject({ code: "database_unavailable", retryable: true });
        return;
      }
    }
  };
  const edits = Promise.all([undefined, undefined, undefined, "a", "b", "c", "d", "e"].map(edit));
  await expect.poll(() => acknowledged.get("") ?? 0, { timeout: 20_000 }).toBeGreaterThan(30);
  await client.plan(job);
  await server.kill();
  isStopped = true;
  await edits;

  // A reading that is older than it may be, and a server that is not there: the last good one, said on the plan.
  await expect
    .poll(async () => (await client.plan(job)).warnings.map(({ field, reason }) => `${field}: ${reason}`))
    .toContainEqual(expect.stringMatching(/^settings: /));
  const lastGood = (await service.config(id)).versions.global ?? 0;
  expect(lastGood).toBeGreaterThan(0);
  expect(errors.length).toBeGreaterThan(0);

  await server.restart();
  for (const [projectId, version] of acknowledged) {
    const { versions } = await admin.history({ ...target, projectId: projectId || undefined }, { limit: 1_000 });
    expect(versions[0]?.version).toBeGreaterThanOrEqual(version);
    expect(versions.map((entry) => entry.version)).toEqual(versions.map((_, index) => versions.length - index));
  }
  const { version } = await admin.saveConfig(id, { output_quality: 77 }, { author: { name: "Ada" } });
  await expect.poll(async () => (await service.config(id)).versions.global).toBe(version);
  const { warnings, input } = await client.plan(job);
  expect(input.output_quality).toBe(77);
  expect(warnings.filter(({ field }) => field === "settings")).toEqual([]);
  await cache.close();
  await pool.end();
}, 60_000);
