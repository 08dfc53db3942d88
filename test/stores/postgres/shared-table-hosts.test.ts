import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { unmigratedConfigStore } from "../../../src/stores/postgres/unmigrated-config-store.ts";
import { createDatabase } from "../../postgres/create-database.ts";

const author = { id: "0b9d3a5e-1f52-4c7c-9e57-3d0f5a1b2c3d", name: "Ada" };
const table =
  "create table settings (key varchar(255) primary key, value text not null, description text, updated_at timestamptz default now(), updated_by uuid)";
const key = "model_config_qwen";
const toValue = (seed: number) => ({ modelId: "a/b", config: { seed } });

/** A database of another program, migrated. */
async function open(...statements: readonly string[]) {
  const { connectionString, drop } = await createDatabase();
  onTestFinished(drop);
  const pool = new pg.Pool({ connectionString });
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());
  for (const statement of statements) await pool.query(statement);
  const sql = fromPg(pool);
  await migrate({ sql });
  return { pool, sql, store: postgresConfigStore({ sql }) };
}

describe("a trigger of another program on its table", () => {
  it("finds what it names without a schema", async () => {
    const { pool, store } = await open(
      table,
      "create table settings_audit (key text)",
      "create function audit() returns trigger language plpgsql as $$ begin insert into settings_audit values (new.key); return new; end $$",
      "create trigger audit after insert or update on settings for each row execute function audit()",
    );
    await pool.query("truncate settings_audit");
    expect((await store.put("active_model", "a/b", { author })).version).toBe(1);
    expect((await store.put("active_model", "a/c", { author })).version).toBe(2);
    expect((await pool.query("select key from settings_audit")).rows).toEqual([{ key: "active_model" }, { key: "active_model" }]);
  });

  it("that fails is told as it is", async () => {
    const { pool, store } = await open(table);
    await pool.query("create function audit() returns trigger language plpgsql as $$ begin insert into settings_audit values (1); end $$");
    await pool.query("create trigger audit before update on settings for each row execute function audit()");
    await expect(store.put(key, toValue(1), { author })).rejects.toMatchObject({
      code: "database",
      sqlState: "42P01",
      message: expect.stringContaining('relation "settings_audit" does not exist'),
    });
  });

  it.each(["before", "after"])("changes the row %s it is written: the version that was written is the one that stands", async (moment) => {
    const { pool, store } = await open(table);
    const change = {
      before: "new.model_settings = new.model_settings || '{\"host\": 1}';",
      after: "update settings set model_settings = model_settings || '{\"host\": 1}' where key = new.key and not model_settings ? 'host';",
    }[moment];
    await pool.query(`create function change() returns trigger language plpgsql as $$ begin ${change} return new; end $$`);
    await pool.query(`create trigger zz ${moment} insert or update on settings for each row execute function change()`);
    for (const each of [key, "model_config_new"]) {
      const first = await store.put(each, toValue(1), { author });
      expect(first.value).toEqual({ modelId: "a/b", config: { seed: 1, host: 1 } });
      expect((await store.getMany([each])).get(each)).toMatchObject({ version: first.version, value: first.value, author });
      const second = await store.put(each, toValue(2), { author, expectedVersion: first.version });
      expect((await store.history(each)).versions[0]).toMatchObject({ version: second.version, author, value: second.value });
    }
  });
});

it("a column model_settings that is not null keeps its default for the active model", async () => {
  const { pool, store } = await open(table, "alter table settings add column model_settings jsonb not null default '{}'");
  expect((await store.put("active_model", "a/b", { author })).version).toBe(1);
  expect((await store.put("active_model", "a/c", { author })).version).toBe(2);
  expect((await pool.query("select value, model_settings from settings")).rows).toEqual([{ value: "a/c", model_settings: {} }]);
});

it("an infinite time is none", async () => {
  const { pool, sql, store } = await open(table);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  await pool.query("alter table settings disable trigger user");
  for (const infinity of ["infinity", "-infinity"]) {
    await pool.query("update settings set value = $1::text, updated_at = $1::text::timestamptz where key = $2", [infinity, key]);
    expect((await store.getMany([key])).get(key)?.updatedAt).toMatch(time);
    expect((await unmigratedConfigStore({ sql }).getMany([key])).get(key)?.updatedAt).toMatch(time);
    await store.put(key, toValue(1), { author });
  }
  await pool.query("update settings set value = 'a/unseen', updated_at = 'infinity' where key = $1", [key]);
  await pool.query("alter table settings enable trigger user");
  await pool.query("update settings set value = 'a/seen' where key = $1", [key]);
  const { versions } = await store.history(key);
  expect(versions).toHaveLength(7);
  for (const { updatedAt } of versions) expect(updatedAt).toMatch(time);
});

it("any key of another program is passed, page by page", async () => {
  const { pool, store } = await open(table);
  await pool.query("insert into settings (key, value) values ($1, 'x'), ($2, 'x')", [
    "model_config_\n\u0001",
    `model_config_${"🛋".repeat(242)}`,
  ]);
  const [listed, trailed] = [new Set<string>(), new Set<string>()];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await store.list("", { limit: 1, cursor });
    for (const document of page.documents) listed.add(document.key);
    cursor = page.cursor;
  }
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await store.trail({ limit: 1, cursor });
    for (const version of page.versions) trailed.add(version.key);
    cursor = page.cursor;
  }
  expect(listed.size).toBe(7);
  expect(trailed).toEqual(listed);
});

it("what a superuser migrates belongs to the owner of the table, and gives that one no other rights", async () => {
  const owner = `owner_${randomUUID().replaceAll("-", "")}`;
  const { connectionString, drop } = await createDatabase();
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  onTestFinished(async () => {
    await admin.query(`drop owned by ${owner}; drop role ${owner}`);
    await admin.end();
    await drop();
  });
  await admin.query(`create role ${owner}; ${table}; alter table settings owner to ${owner}`);
  const sql = fromPg(admin);
  await migrate({ sql });
  const { rows } = await admin.query(
    `select count(*)::integer as all, count(*) filter (where owner = $1::text::regrole)::integer as theirs from (
       select relowner as owner from pg_class where relname like 'restage%' and relkind in ('r', 'i', 'S')
       union all select proowner from pg_proc where proname like 'restage%') as ours`,
    [owner],
  );
  expect(rows[0].all).toBeGreaterThan(10);
  expect(rows[0].theirs).toBe(rows[0].all);

  await admin.query(
    `create table who (name text); grant all on who to public;
     create function who() returns trigger language plpgsql as $$ begin insert into public.who values (current_user); return new; end $$;
     create trigger who before update on settings for each row execute function who()`,
  );
  await postgresConfigStore({ sql }).put(key, toValue(1), { author });
  expect((await admin.query("select name from who")).rows).toEqual([{ name: owner }]);
});
