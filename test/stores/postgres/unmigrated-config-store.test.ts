import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSettings } from "../../../src/settings/create-settings.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { unmigratedConfigStore } from "../../../src/stores/postgres/unmigrated-config-store.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, type OpenSql } from "../../postgres/open-sql.ts";

const admin = "0b9d3a5e-1f52-4c7c-9e57-3d0f5a1b2c3d";
const write = { author: { name: "Ada" } };

describe.each(drivers)("unmigratedConfigStore through %s", (driver) => {
  let database: OpenSql;
  beforeAll(async () => {
    database = await openDatabase(driver);
  });
  afterAll(() => database.close());

  async function createTable(schema: string, modelSettings: string): Promise<void> {
    await database.sql.query(`create schema ${schema}`);
    await database.sql.query(`create table ${schema}.settings (key varchar(255) primary key, value text not null, description text,
      updated_at timestamptz default now(), updated_by uuid${modelSettings})`);
    await database.sql.query(`insert into ${schema}.settings (key, value, updated_at, updated_by) values
      ('active_model', 'qwen/qwen-image-edit', '2026-01-02T03:04:05.678Z', '${admin}'), ('model_config_qwen', 'qwen/qwen-image-edit', null, null),
      ('theme', 'dark', null, null)`);
  }

  it("reads the rows of a table without the column model_settings, each at version 1", async () => {
    await createTable("without", "");
    const store = unmigratedConfigStore({ sql: database.sql, schema: "without" });
    const active = {
      key: "active_model",
      version: 1,
      value: "qwen/qwen-image-edit",
      author: { id: admin, name: "unknown" },
      note: null,
      updatedAt: "2026-01-02T03:04:05.678Z",
    };
    const documents = await store.getMany(["active_model", "model_config_qwen", "theme", "project/1/pause"]);
    expect([...documents.keys()].sort()).toEqual(["active_model", "model_config_qwen"]);
    expect(documents.get("active_model")).toEqual(active);
    expect(documents.get("model_config_qwen")?.value).toEqual({ modelId: "qwen/qwen-image-edit", config: {} });
    expect((await store.list("")).documents.map(({ key }) => key)).toEqual(["active_model", "model_config_qwen"]);
    expect(await store.history("active_model")).toEqual({ versions: [{ ...active, deleted: false }] });
    expect((await store.trail({ limit: 1 })).cursor).toBe("1 active_model");
    const settings = createSettings({ store });
    expect(await settings.active()).toMatchObject({ modelId: "qwen/qwen-image-edit", version: 1 });
  });

  it("reads the same as the store does once the database is migrated", async () => {
    await createTable("with_column", ", model_settings jsonb");
    const { sql } = database;
    await sql.query(`update with_column.settings set model_settings = 'null' where key = 'model_config_qwen'`);
    await sql.query(`insert into with_column.settings (key, value, model_settings) values ('model_config_b', 'a/b', '{"seed": 1}')`);
    const read = async (store: typeof before) => (await store.list("")).documents.map(({ updatedAt: _, ...document }) => document);
    const before = unmigratedConfigStore({ sql, schema: "with_column" });
    const documents = await read(before);
    expect(documents[2]?.value).toEqual({ modelId: "qwen/qwen-image-edit", config: null });
    await migrate({ sql, schema: "with_column" });
    expect(await read(postgresConfigStore({ sql, schema: "with_column" }))).toEqual(documents);
  });

  it("cannot be written, nor watched, and says what to do", async () => {
    const store = unmigratedConfigStore({ sql: database.sql, schema: "nowhere" });
    for (const call of [store.put("key", 1, write), store.delete("key", write), store.getMany(["key"])]) {
      await expect(call).rejects.toMatchObject({ code: "missing_table", message: expect.stringContaining("restage migrate up") });
    }
    expect(store.watch).toBeUndefined();
  });
});
