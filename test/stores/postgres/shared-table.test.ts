import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConfigVersion } from "../../../src/settings/config-store.ts";
import { openSharedTable, type SharedTable } from "./open-shared-table.ts";

const admin = "0b9d3a5e-1f52-4c7c-9e57-3d0f5a1b2c3d";
const qwenRow = { go_fast: true, aspect_ratio: "match_input_image", output_format: "webp", output_quality: 80 };

let table: SharedTable;
beforeEach(async () => {
  table = await openSharedTable();
});
afterEach(async () => {
  await table.close();
  expect(table.warnings).toEqual([]);
});

const show = (version: ConfigVersion) => [version.version, version.deleted ? "deleted" : version.value, version.author];
const historyOf = async (key: string) => (await table.store.history(key)).versions.map(show);
const read = async (key: string) => (await table.store.getMany([key])).get(key);
const rowOf = async (key: string) => (await table.foreign.query("select * from settings where key = $1", [key])).rows[0];

describe("what stood in the table before", () => {
  it("is version 1, by whom the row names", async () => {
    expect(await historyOf("model_config_qwen")).toEqual([[1, { modelId: "qwen/qwen-image-edit", config: qwenRow }, null]]);
    expect(await read("active_model")).toBeUndefined();
    expect((await table.store.list("")).documents.map(({ key }) => key)).not.toContain("theme");
  });

  it("keeps its columns, but for model_settings", async () => {
    const { rows, fields } = await table.foreign.query("select * from settings where key = 'site_name'");
    expect(fields.map(({ name }) => name)).toEqual(["key", "value", "description", "updated_at", "updated_by", "tenant", "model_settings"]);
    expect(rows[0]).toMatchObject({ value: "Rooms", description: "Shown above", tenant: "x", model_settings: null });
  });
});

it("stays another program's to alter and to drop", async () => {
  await table.owner.query("alter table settings alter column value type varchar(2000), alter column description type varchar(100)");
  await table.owner.query("alter table settings add column more integer default 1, drop column tenant");
  await table.foreign.query("insert into settings (key, value, more) values ('active_model', 'a/b', 2)");
  expect(await read("active_model")).toMatchObject({ version: 1, value: "a/b" });
  await table.owner.query("drop table settings");
  await table.owner.query("create table settings (key text)");
});

describe("another program's statement, with rights on settings alone,", () => {
  it("becomes a version: insert, update, upsert, delete, rename, truncate", async () => {
    const query = (text: string, parameters?: unknown[]) => table.foreign.query(text, parameters);
    await query("insert into settings (key, value, updated_by) values ('active_model', 'a/one', $1)", [admin]);
    await query("update settings set value = 'a/two', updated_at = now(), updated_by = $1 where key = 'active_model'", [admin]);
    await query("update settings set value = 'a/three' where key = 'active_model'");
    await query(
      `insert into settings (key, value, updated_by) values ('active_model', 'a/four', $1)
       on conflict (key) do update set value = excluded.value, updated_by = excluded.updated_by, updated_at = now()`,
      [admin],
    );
    await query("delete from settings where key = 'active_model'");
    const them = { id: admin, name: "unknown" };
    expect(await historyOf("active_model")).toEqual([
      [5, "deleted", null],
      [4, "a/four", them],
      [3, "a/three", null],
      [2, "a/two", them],
      [1, "a/one", them],
    ]);
    expect(await read("active_model")).toBeUndefined();

    await query("update settings set key = 'model_config_other' where key = 'model_config_qwen'");
    expect((await historyOf("model_config_qwen"))[0]).toEqual([2, "deleted", null]);
    expect(await historyOf("model_config_other")).toEqual([[1, { modelId: "qwen/qwen-image-edit", config: qwenRow }, null]]);
    await query("update settings set key = 'elsewhere' where key = 'model_config_other'");
    await query("update settings set key = 'model_config_back' where key = 'elsewhere'");
    expect((await historyOf("model_config_other"))[0]).toEqual([2, "deleted", null]);
    expect((await read("model_config_back"))?.version).toBe(1);

    await query("truncate settings");
    expect((await table.store.list("")).documents).toEqual([]);
    expect((await historyOf("model_config_seedream_3"))[0]).toEqual([2, "deleted", null]);
    expect((await historyOf("model_config_other")).length).toBe(2);
  });

  it("becomes versions: many rows at once, COPY, a row that moves within one statement", async () => {
    await table.foreign.query("update settings set model_settings = model_settings || '{\"seed\": 7}', description = description");
    for (const { version, value } of (await table.store.list("model_config_")).documents) {
      expect([version, value]).toEqual([2, { modelId: expect.any(String), config: expect.objectContaining({ seed: 7 }) }]);
    }
    const sql = postgres(table.foreignUrl);
    const writable = await sql`copy settings (key, value, model_settings) from stdin`.writable();
    await pipeline(Readable.from(['model_config_copied\ta/b\t{"seed": 1}\nplain\tvalue\t\\N\n']), writable);
    await sql.end();
    expect((await read("model_config_copied"))?.value).toEqual({ modelId: "a/b", config: { seed: 1 } });
    await table.foreign.query(`with gone as (delete from settings where key = 'model_config_copied' returning *)
      insert into settings (key, value, model_settings) select key, 'a/c', model_settings from gone`);
    expect((await historyOf("model_config_copied")).map(([version]) => version)).toEqual([3, 2, 1]);
    expect((await read("model_config_copied"))?.value).toEqual({ modelId: "a/c", config: { seed: 1 } });
  });

  it("makes no version where it changes nothing of the setting, or another key", async () => {
    await table.foreign.query("update settings set updated_at = now(), description = 'new', tenant = 'y'");
    await table.foreign.query("update settings set value = 'light' where key = 'theme'");
    expect((await table.store.trail()).versions.map(({ version }) => version)).toEqual([1, 1, 1, 1, 1]);
  });

  it("works for rows of many megabytes", async () => {
    const large = "x".repeat(5_000_000);
    await table.foreign.query("insert into settings (key, value) values ('note', $1), ('active_model', $1)", [large]);
    await table.foreign.query("update settings set model_settings = $1 where key = 'model_config_qwen'", [JSON.stringify({ large })]);
    expect((await rowOf("note")).value.length).toBe(5_000_000);
    expect((await read("active_model"))?.value).toBe(large);
    expect((await read("model_config_qwen"))?.value).toMatchObject({ config: { large } });
  });

  it("leaves no version and tells nobody when it is rolled back, or back to a savepoint", async () => {
    const changes: unknown[] = [];
    const stop = await table.store.watch?.((change) => changes.push(change));
    const client = await table.foreign.connect();
    await client.query("begin");
    await client.query("update settings set value = 'a/lost' where key = 'model_config_qwen'");
    await client.query("rollback");
    await client.query("begin");
    await client.query("savepoint before");
    await client.query("update settings set value = 'a/lost' where key = 'model_config_qwen'");
    await client.query("rollback to before");
    await client.query("update settings set value = 'a/kept' where key = 'model_config_seedream_3'");
    expect(changes).toEqual([]);
    await client.query("commit");
    client.release();
    await expect.poll(() => changes).toEqual([{ key: "model_config_seedream_3", version: 2 }]);
    expect(await historyOf("model_config_qwen")).toHaveLength(1);
    await stop?.();
  });

  it.each(["repeatable read", "serializable"])("fails in %s only where it would without us", async (level) => {
    const [one, two] = [await table.foreign.connect(), await table.foreign.connect()];
    for (const client of [one, two]) {
      await client.query("set enable_seqscan = off");
      await client.query(`begin isolation level ${level}`);
    }
    await one.query("update settings set value = 'a/one' where key = 'model_config_qwen'");
    await two.query("insert into settings (key, value) values ('active_model', 'a/two')");
    await one.query("insert into settings (key, value) values ('model_config_one', 'a/one')");
    await two.query("insert into settings (key, value) values ('model_config_two', 'a/two')");
    await two.query("delete from settings where key = 'model_config_two'");
    await one.query("commit");
    await two.query("commit");
    expect(await historyOf("active_model")).toHaveLength(1);
    expect(await historyOf("model_config_two")).toHaveLength(2);

    await one.query(`begin isolation level ${level}`);
    await one.query("select 1 from settings");
    await two.query("update settings set value = 'a/three' where key = 'active_model'");
    await expect(one.query("update settings set value = 'a/four' where key = 'active_model'")).rejects.toMatchObject({ code: "40001" });
    await one.query("rollback");
    one.release();
    two.release();
  });
});

describe("while our own tables are broken", () => {
  const write = async () => {
    await table.foreign.query("update settings set value = value || 'x'");
    await table.foreign.query("insert into settings (key, value) values ('active_model', 'a/b')");
    await table.foreign.query("delete from settings where key = 'active_model'");
    await table.foreign.query("update settings set key = key || '_moved' where key like 'model%'");
    await table.foreign.query("truncate settings");
  };
  const forget = () => (table.warnings as string[]).splice(0);

  it.each([
    ["the history is dropped", "drop table restage_setting_versions"],
    ["the history is full", "alter table restage_setting_versions add check (version < 1) not valid"],
    ["a function is dropped", "drop function restage_record_version"],
    ["the column model_settings is dropped", "alter table settings drop column model_settings"],
  ])("other programs' statements succeed with a warning: %s", async (_, statement) => {
    await table.owner.query(statement);
    await write();
    const warnings = forget();
    expect(warnings.length).toBeGreaterThan(5);
    for (const warning of warnings) expect(warning).toMatch(/^restage recorded no version of a setting: /);
  });

  it("other programs' statements do not wait long for a history that is locked", async () => {
    const client = await table.owner.connect();
    await client.query("begin");
    await client.query("lock table restage_setting_versions");
    await table.foreign.query("update settings set value = 'a/b' where key = 'model_config_qwen'");
    await client.query("commit");
    client.release();
    expect(forget()).toEqual([expect.stringContaining("lock timeout")]);
    expect((await read("model_config_qwen"))?.version).toBe(2);
  });

  it("statements on other keys do not even meet the triggers", async () => {
    await table.owner.query("drop table restage_setting_versions");
    await table.foreign.query("update settings set value = 'light' where key = 'theme'");
    await table.foreign.query(
      "insert into settings (key, value) values ('modelXconfigX', 'x'), ('active_modelling', 'x'), ('Active_Model', 'x')",
    );
    await table.foreign.query("delete from settings where key = 'site_name'");
    expect(table.warnings).toEqual([]);
  });
});
