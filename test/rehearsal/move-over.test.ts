import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { StagingClient } from "../../src/client/staging-client.ts";
import { fluxKontextPro, qwenImageEdit } from "../../src/models/index.ts";
import { cachedConfigStore } from "../../src/settings/cached-config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import {
  detach,
  fromPg,
  migrate,
  migrateDown,
  postgresConfigStore,
  postgresRunStore,
  unmigratedConfigStore,
} from "../../src/stores/postgres/index.ts";
import type { Sql } from "../../src/stores/postgres/sql.ts";
import { createReplicateSimulator, type ReplicateSimulator } from "../../src/testing/index.ts";
import { createDatabase, type TestDatabase } from "../postgres/create-database.ts";
import { tinyPng } from "../replicate/helpers.ts";
import { busyKey, createGoDatabase, type GoService, startGoService } from "./go-service.ts";

const author = { id: "7d0c6f8e-5a83-4c39-9c58-0d6b6f1c2a11", name: "Ada Lovelace" };
const job = { image: tinyPng, room: "living_room", style: "scandinavian" } as const;
const pro = fluxKontextPro.id;

// One service moves over, step by step, while another one works on the same table: each test stands on the one before.
describe("moving over from the Go service", { concurrent: false }, () => {
  let database: TestDatabase;
  let goUrl: string;
  let go: GoService;
  let pool: pg.Pool;
  let sql: Sql;
  let replicate: ReplicateSimulator;
  let worker: Awaited<ReturnType<typeof keepWorking>>;

  beforeAll(async () => {
    database = await createDatabase();
    goUrl = await createGoDatabase(database.connectionString);
    [go, worker] = [await startGoService(goUrl), await keepWorking(goUrl)];
    pool = new pg.Pool({ connectionString: database.connectionString });
    sql = fromPg(pool);
    replicate = await createReplicateSimulator({ timeScale: 0.001, draw: async () => tinyPng });
  });
  afterAll(async () => {
    await worker?.stop();
    await go?.close();
    await replicate?.close();
    await pool?.end();
    await database?.drop();
  });

  const open = () => createSettings({ store: postgresConfigStore({ sql }) });
  const newClient = (settings = open()) => new StagingClient({ ...replicate.clientOptions, settings, runStore: postgresRunStore({ sql }) });

  it("audit: knows before the first call, and before anything is migrated, what each row would do", async () => {
    const settings = createSettings({ store: unmigratedConfigStore({ sql }) });
    const audit = async () => (await settings.audit()).rows.filter(({ key }) => key !== busyKey);
    const rows = await audit();
    expect(rows.map(({ key, verdict }) => [key, verdict])).toEqual([
      ["active_model", "fine"],
      ["model_config_flux_kontext_pro", "refused"],
      ["model_config_qwen", "fine"],
      ["model_config_sdxl", "unknown"],
    ]);
    expect(rows[1]).toMatchObject({ unknownFields: ["watermark"], problems: [{ field: "output_format" }] });
    // The Go service mends its own row.
    await go.saveConfig("model_config_flux_kontext_pro", pro, {
      output_format: "png",
      safety_tolerance: 4,
      num_outputs: 2,
      watermark: "none",
    });
    expect((await audit())[1]).toMatchObject({ verdict: "warnings" });
    expect((await newClient(settings).plan(job)).modelId).toBe(qwenImageEdit.id);
  });

  it("migrate: takes the tables as they are, and changes no row", async () => {
    const before = await go.read();
    expect((await migrate({ sql })).map(({ version }) => version)).toEqual([15, 16, 17, 18, 19, 20, 21]);
    expect(await migrate({ sql })).toEqual([]);
    expect(await go.read()).toEqual(before);
    expect((await pool.query("select * from schema_migrations")).rows).toEqual([{ version: "15", dirty: false }]);
  });

  it("shadow: plans every job beside the Go service, with its own settings as they change", async () => {
    const client = newClient();
    for (const outputQuality of [70, 71, 72]) {
      const config = { go_fast: false, aspect_ratio: "match_input_image", output_format: "jpg", output_quality: outputQuality };
      await go.saveConfig("model_config_qwen", qwenImageEdit.id, config);
      const { input, configVersions } = await client.plan(job);
      expect(input).toMatchObject({ go_fast: false, output_format: "jpg", output_quality: outputQuality });
      expect(configVersions.global).toBe(outputQuality - 68);
    }
    await go.setActive(pro);
    const plan = await client.plan(job);
    expect(plan).toMatchObject({ modelId: pro, modelOrigin: "global", input: { output_format: "png", safety_tolerance: 4 } });
    expect(plan.input).not.toHaveProperty("num_outputs");
    expect(replicate.predictions).toEqual([]);
  });

  it("counts what the Go service writes as versions, with who and when", async () => {
    const settings = open();
    const { versions } = await settings.history({ setting: "config", modelId: qwenImageEdit.id });
    expect(versions.map(({ version, author }) => [version, author?.id])).toEqual([
      [4, go.adminId],
      [3, go.adminId],
      [2, go.adminId],
      [1, undefined],
    ]);
    expect(versions[0]?.changes).toEqual([{ field: "output_quality", before: 71, after: 72 }]);
  });

  it("switch: project by project, and the Go service neither sees nor loses anything", async () => {
    const settings = open();
    const client = newClient(settings);
    const before = await go.read();
    await settings.setActive(qwenImageEdit.id, { author, projectId: "villa-12" });
    await settings.saveConfig(qwenImageEdit.id, { output_quality: 95 }, { author, projectId: "villa-12", note: "first to move" });
    const villa = await client.stage({ ...job, projectId: "villa-12" });
    expect(villa).toMatchObject({
      modelId: qwenImageEdit.id,
      modelOrigin: "project",
      config: { output_quality: 95, output_format: "jpg" },
    });
    expect(villa.origins).toMatchObject({ output_quality: "project", output_format: "global" });
    expect(await go.read()).toEqual(before);
    // The others come along when an admin of ours changes what all share.
    await settings.saveConfig(pro, { safety_tolerance: 2, output_format: "jpg" }, { author });
    expect((await go.read()).configs.model_config_flux_kontext_pro).toEqual({
      safety_tolerance: 2,
      output_format: "jpg",
      watermark: "none",
    });
    expect(await client.stage(job)).toMatchObject({ modelId: pro, config: { safety_tolerance: 2 } });
  });

  it("hears at once what the Go service changes", async () => {
    const store = cachedConfigStore(postgresConfigStore({ sql }));
    onTestFinished(() => store.close());
    const settings = createSettings({ store });
    let told = 0;
    const stop = await store.watch?.(() => told++);
    expect((await settings.active()).modelId).toBe(pro);
    await go.setActive(qwenImageEdit.id);
    await expect.poll(async () => (await settings.active()).modelId).toBe(qwenImageEdit.id);
    expect(told).toBeGreaterThan(0);
    await stop?.();
  });

  it("detach: lets go of the table and keeps everything; attached again it catches up", async () => {
    expect(await detach({ sql })).toMatchObject([{ version: 17 }]);
    await go.saveConfig("model_config_qwen", qwenImageEdit.id, { output_quality: 60 });
    await go.remove("model_config_sdxl");
    const settings = open();
    expect((await settings.config(qwenImageEdit.id)).config.output_quality).toBe(60);
    expect((await newClient(settings).stage(job)).config.output_quality).toBe(60);
    expect((await migrate({ sql })).map(({ version }) => version)).toEqual([17]);
    const { versions } = await settings.history({ setting: "config", modelId: qwenImageEdit.id }, { limit: 1 });
    expect(versions).toMatchObject([{ version: 5, value: { config: { output_quality: 60 } } }]);
  });

  it("back: gives up nothing of the admins unasked, and leaves the Go service as it was", async () => {
    await expect(migrateDown({ sql, to: 15 })).rejects.toMatchObject({ code: "migration_refused" });
    const before = await go.read();
    await migrateDown({ sql, to: 14, discard: true });
    expect(await go.read()).toEqual(before);
    await go.setActive(pro);
    const { rows } = await pool.query("select count(*)::integer as count from pg_class where relname like 'restage%' and relkind = 'r'");
    expect(rows[0].count).toBeLessThanOrEqual(1);
  });

  it("has never made a statement of the Go service fail", async () => {
    const { writes, errors } = await worker.stop();
    expect(errors).toEqual([]);
    expect(writes).toBeGreaterThan(100);
  });
});

/** Writes and reads a key of its own without a pause, as the Go service's admins do, until it is stopped. */
async function keepWorking(connectionString: string) {
  const go = await startGoService(connectionString);
  const errors: unknown[] = [];
  let writes = 0;
  let isStopped = false;
  const work = (async () => {
    while (!isStopped) {
      try {
        await go.saveConfig(busyKey, "bytedance/seedream-4", { max_images: (writes % 15) + 1 });
        if (writes % 10 === 9) await go.remove(busyKey);
        await go.read();
        writes += 1;
      } catch (error) {
        errors.push(error);
        if (errors.length > 10) return;
      }
    }
  })();
  return {
    async stop() {
      if (!isStopped) {
        isStopped = true;
        await work;
        await go.close();
      }
      return { writes, errors };
    },
  };
}
