import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { InvalidSchemaNameError } from "../../../src/errors/invalid-schema-name-error.ts";
import { registry } from "../../../src/models/registry.ts";
import { detach } from "../../../src/stores/postgres/detach.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { migrateDown } from "../../../src/stores/postgres/migrate-down.ts";
import { migrationStatus } from "../../../src/stores/postgres/migration-status.ts";
import { migrations } from "../../../src/stores/postgres/migrations/migrations.ts";
import type { Sql, SqlRow } from "../../../src/stores/postgres/sql.ts";
import { dumpSchema } from "../../postgres/dump-schema.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, type OpenSql } from "../../postgres/open-sql.ts";

const names = migrations.map(({ version, name }) => ({ version, name }));
const goTable =
  "create table settings (key varchar(255) primary key, value text not null, description text, updated_at timestamptz default now(), updated_by uuid)";
const goRow = "insert into settings (key, value) values ('active_model', 'qwen/qwen-image-edit'), ('smtp_host', 'mail.example.com')";

describe.each(drivers)("migrations through %s", (driver) => {
  let open: OpenSql;
  let sql: Sql;
  beforeAll(async () => {
    open = await openDatabase(driver);
    sql = open.sql;
  });
  beforeEach(async () => {
    await sql.query("set client_min_messages = warning");
    await sql.query("drop schema public cascade");
    await sql.query("create schema public");
  });
  afterAll(() => open.close());

  const rows = async (text: string): Promise<readonly SqlRow[]> => [...(await sql.query(text)).rows];
  const keys = async () => (await rows("select key from settings order by key")).map(({ key }) => key);

  it("make everything in an empty database, once", async () => {
    expect(await migrate({ sql })).toEqual(names);
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("./schema.golden.txt");
    expect(await migrate({ sql })).toEqual([]);
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("./schema.golden.txt");
  });

  it("give each model its default config", async () => {
    await migrate({ sql });
    const stored = await rows("select key, value, description, model_settings::text as config from settings order by key");
    expect(stored.map(({ config, ...row }) => ({ ...row, config: JSON.parse(String(config)) }))).toEqual(
      registry.list().map(({ settingsKey, id, name, defaultConfig }) => ({
        key: `model_config_${settingsKey}`,
        value: id,
        description: `Configuration for ${name} model`,
        config: defaultConfig.toMap(),
      })),
    );
  });

  it("leave nothing behind, and make the same again", async () => {
    await migrate({ sql });
    expect(await migrateDown({ sql, to: 0 })).toEqual([...names].reverse());
    expect(await dumpSchema(sql)).toBe("\n");
    expect(await migrate({ sql })).toEqual(names);
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("./schema.golden.txt");
  });

  it("go down one by one, and up again, to the same", async () => {
    await migrate({ sql });
    for (const { version, name } of [...names].reverse()) {
      expect(await migrateDown({ sql })).toEqual([{ version, name }]);
      expect((await migrationStatus({ sql })).filter(({ appliedAt }) => appliedAt !== null).length).toBe(
        names.filter((other) => other.version < version).length,
      );
    }
    expect(await migrateDown({ sql })).toEqual([]);
    await migrate({ sql });
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("./schema.golden.txt");
  });

  it("add to a table that is there, and take only that away again", async () => {
    await sql.query(goTable);
    await sql.query(goRow);
    await sql.query("insert into settings (key, value) values ('model_config_qwen', 'qwen/qwen-image-edit')");
    const before = await dumpSchema(sql);
    await migrate({ sql });
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("./schema.golden.txt");
    expect((await keys()).length).toBe(7);
    expect(await rows("select model_settings from settings where key = 'model_config_qwen'")).toEqual([{ model_settings: null }]);
    await migrateDown({ sql, to: 0 });
    expect(await dumpSchema(sql)).toBe(before);
    expect(await keys()).toEqual(["active_model", "model_config_qwen", "smtp_host"]);
  });

  it.each([true, false])("take a table with the column as migrated (with the ledger of golang-migrate: %s)", async (withLedger) => {
    await sql.query(goTable);
    await sql.query("alter table settings add column model_settings jsonb default '{}'");
    await sql.query(goRow);
    if (withLedger) {
      await sql.query("create table schema_migrations (version bigint not null primary key, dirty boolean not null)");
      await sql.query("insert into schema_migrations values (15, false)");
    }
    const before = [await dumpSchema(sql), await rows("select * from settings order by key")];
    await migrate({ sql });
    expect(await keys()).toEqual(["active_model", "smtp_host"]);
    expect(await rows("select made::text as made from restage_migrations where version = 15")).toEqual([{ made: "[]" }]);
    await migrateDown({ sql, to: 0 });
    expect([await dumpSchema(sql), await rows("select * from settings order by key")]).toEqual(before);
    if (withLedger) expect(await rows("select version::integer as version from schema_migrations")).toEqual([{ version: 15 }]);
  });

  it("overwrite nothing that admins set, even where the ledger is lost", async () => {
    await migrate({ sql });
    await sql.query(`update settings set model_settings = '{"go_fast": false}' where key = 'model_config_qwen'`);
    await sql.query("delete from settings where key = 'model_config_seedream_3'");
    const before = await rows("select * from settings order by key");
    await migrate({ sql });
    await sql.query("drop table restage_migrations");
    expect(await migrate({ sql })).toEqual(names);
    expect(await rows("select * from settings order by key")).toEqual(before);
  });

  it("refuse to discard what people made, unless told to", async () => {
    await migrate({ sql });
    await migrateDown({ sql, to: 15 });
    await sql.query(`update settings set model_settings = '{"go_fast": false}' where key = 'model_config_qwen'`);
    const before = await dumpSchema(sql);
    await expect(migrateDown({ sql })).rejects.toMatchObject({ code: "migration_refused", message: expect.stringContaining("--discard") });
    expect(await dumpSchema(sql)).toBe(before);
    expect(await migrateDown({ sql, discard: true })).toEqual(names.slice(0, 1));
    expect(await dumpSchema(sql)).toBe("\n");
  });

  it.each([
    ["value and config", "value = 'my/model', model_settings = null"],
    ["description", "description = 'mine'"],
    ["author", "updated_by = gen_random_uuid()"],
  ])("refuse to drop a row of theirs that was changed: %s", async (_, change) => {
    await sql.query(goTable);
    await migrate({ sql });
    await migrateDown({ sql, to: 15 });
    await sql.query(`update settings set ${change} where key = 'model_config_qwen'`);
    await expect(migrateDown({ sql })).rejects.toMatchObject({ code: "migration_refused" });
    expect(await keys()).toHaveLength(5);
    await migrateDown({ sql, discard: true });
    expect(await keys()).toEqual([]);
  });

  it("refuse it of a table that was there, too, and keep its rows", async () => {
    await sql.query(goTable);
    await sql.query(goRow);
    await migrate({ sql });
    await migrateDown({ sql, to: 15 });
    await sql.query(`update settings set model_settings = '{"a": 1}' where key = 'smtp_host'`);
    await expect(migrateDown({ sql })).rejects.toMatchObject({ code: "migration_refused" });
    await migrateDown({ sql, discard: true });
    expect(await keys()).toEqual(["active_model", "smtp_host"]);
  });

  it("refuse to discard histories and runs", async () => {
    await migrate({ sql });
    await sql.query("update settings set value = 'x' where key = 'model_config_qwen'");
    await sql.query(`insert into restage_runs (record) values ('{"id": "run_1", "state": "running", "modelId": "a/b"}')`);
    const before = await dumpSchema(sql);
    await expect(migrateDown({ sql, to: 17 })).rejects.toMatchObject({
      code: "migration_refused",
      message: expect.stringContaining("runs"),
    });
    await migrateDown({ sql, to: 17, discard: true });
    await expect(migrateDown({ sql, to: 0 })).rejects.toMatchObject({
      code: "migration_refused",
      message: expect.stringContaining("history"),
    });
    await migrate({ sql });
    expect(await dumpSchema(sql)).toBe(before);
    expect(await migrateDown({ sql, to: 0, discard: true })).toEqual([...names].reverse());
    expect(await dumpSchema(sql)).toBe("\n");
  });

  it("take the triggers off alone, and put them on again with what changed meanwhile", async () => {
    await migrate({ sql });
    const versions = () =>
      rows("select version, value->>'modelId' as model from restage_setting_versions where key = 'model_config_qwen' order by version");
    expect(await detach({ sql })).toEqual([{ version: 17, name: "restage_settings_triggers" }]);
    expect(await detach({ sql })).toEqual([]);
    expect(await dumpSchema(sql)).not.toContain("CREATE TRIGGER");
    await sql.query("update settings set value = 'changed' where key = 'model_config_qwen'");
    expect(await versions()).toHaveLength(1);
    expect(await migrate({ sql })).toEqual([{ version: 17, name: "restage_settings_triggers" }]);
    expect(await versions()).toEqual([
      { version: 1, model: "qwen/qwen-image-edit" },
      { version: 2, model: "changed" },
    ]);
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("./schema.golden.txt");
  });

  it("tell what is applied, and change nothing by it", async () => {
    expect(await migrationStatus({ sql })).toEqual(names.map((name) => ({ ...name, appliedAt: null })));
    expect(await dumpSchema(sql)).toBe("\n");
    await migrate({ sql });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await migrationStatus({ sql })).toEqual(names.map((name) => ({ ...name, appliedAt: time })));
  });

  it("keep to their schema, and make it where it is missing", async () => {
    await sql.query("drop schema if exists studio cascade");
    await migrate({ sql, schema: "studio" });
    expect(await dumpSchema(sql)).toBe("\n");
    const studio = await dumpSchema(sql, "studio");
    await migrate({ sql });
    expect(await dumpSchema(sql, "studio")).toBe(studio);
    await migrateDown({ sql, to: 0 });
    expect(await dumpSchema(sql, "studio")).toBe(studio);
    await migrateDown({ sql, schema: "studio", to: 0 });
    expect(await dumpSchema(sql, "studio")).toBe("\n");
  });

  it("leave a table of somebody else as it is", async () => {
    await sql.query("create table settings (id integer, key text)");
    const before = await dumpSchema(sql);
    await expect(migrate({ sql })).rejects.toMatchObject({
      code: "database",
      message: expect.stringContaining(
        "(key is not unique; it lacks value, description, updated_at, updated_by): change that, or use another schema",
      ),
    });
    expect(await dumpSchema(sql)).toBe(before);
  });

  it.each([
    ["it is no table", "create view settings as select * from real"],
    ["key is not unique", "create table settings as select * from real"],
    ["key is not unique", "create table settings (like real, unique (key) deferrable)"],
    [
      "value is of type jsonb; updated_by is of type integer",
      "create table settings (like real including all)",
      "drop column value, drop column updated_by, add column value jsonb, add column updated_by integer",
    ],
    ["tenant is not null and has no default", "create table settings (like real including all, tenant text not null)"],
    [
      "updated_by is not null and has no default",
      "create table settings (like real including all)",
      "alter column updated_by set not null",
    ],
  ])("say of a table of another shape: %s", async (problem, create, change = "") => {
    await sql.query(goTable.replace("settings", "real"));
    await sql.query(create);
    if (change) await sql.query(`alter table settings ${change}`);
    const before = await dumpSchema(sql);
    await expect(migrate({ sql })).rejects.toMatchObject({ code: "database", message: expect.stringContaining(problem) });
    expect(await dumpSchema(sql)).toBe(before);
  });

  it("let runs be published, whose primary key is generated", async () => {
    await migrate({ sql });
    expect(await rows("select relreplident::text as identity from pg_class where relname = 'restage_runs'")).toEqual([{ identity: "i" }]);
  });

  it("leave a column of another type as it is", async () => {
    await sql.query(goTable);
    await sql.query("alter table settings add column model_settings text");
    const before = await dumpSchema(sql);
    await expect(migrate({ sql })).rejects.toMatchObject({
      code: "database",
      message: expect.stringContaining("is of type text: make it jsonb"),
    });
    expect(await dumpSchema(sql)).toBe(before);
  });

  it("know what a newer release made, and leave it to that", async () => {
    await migrate({ sql });
    await sql.query("insert into restage_migrations (version, name) values (9000, 'from_the_future')");
    expect(await migrate({ sql })).toEqual([]);
    const before = await dumpSchema(sql);
    await expect(migrateDown({ sql, to: 0 })).rejects.toMatchObject({
      code: "migration_refused",
      message: expect.stringContaining("9000"),
    });
    expect(await dumpSchema(sql)).toBe(before);
  });

  it("read no statement into the name of a schema", async () => {
    for (const schema of ['a"b', "public; drop table settings", "", "Public", "1a", "a".repeat(41), "a'b", 1 as unknown as string]) {
      for (const call of [migrate, migrateDown, detach, migrationStatus]) {
        const error = await Promise.resolve()
          .then(() => call({ sql, schema }))
          .catch((thrown: unknown) => thrown);
        expect(InvalidSchemaNameError.is(error)).toBe(true);
      }
    }
    expect(await dumpSchema(sql)).toBe("\n");
  });
});
