import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidSchemaNameError } from "../../../src/errors/invalid-schema-name-error.ts";
import { InvalidSettingError } from "../../../src/errors/invalid-setting-error.ts";
import { MissingTableError } from "../../../src/errors/missing-table-error.ts";
import type { Json } from "../../../src/settings/json.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import type { Sql } from "../../../src/stores/postgres/sql.ts";
import { configStoreSuite } from "../../../src/testing/config-store-suite.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, type OpenSql } from "../../postgres/open-sql.ts";
import { createSettingsSchema, emptySettingsSchema } from "./create-settings-schema.ts";

const author = { id: "0b9d3a5e-1f52-4c7c-9e57-3d0f5a1b2c3d", name: "Ada" };
const write = { author: { name: "Tester" } };

describe.each(drivers)("postgresConfigStore through %s", (driver) => {
  let database: OpenSql;
  let emptied: string;
  beforeAll(async () => {
    database = await openDatabase(driver);
    emptied = await createSettingsSchema(database.sql);
  });
  afterAll(() => database.close());

  // The tests come one after the other, each with one such store at a time.
  const createStore = async () => {
    await emptySettingsSchema(database.sql, emptied);
    return postgresConfigStore({ sql: database.sql, schema: emptied });
  };

  describe("keeps the suite", () => {
    for (const { name, run } of configStoreSuite) it(name, () => run({ createStore }));
  });

  it("gives back any JSON value, in a table of its own and in the shared one", async () => {
    const store = await createStore();
    const extremes: readonly Json[] = [
      -0,
      1e-7,
      5e-324,
      1e308,
      -1.7976931348623157e308,
      2 ** 53 + 2,
      "x".repeat(900_000),
      "🛋 é\u2028\u001f",
    ];
    const deep = JSON.parse(`${"[".repeat(98)}${"]".repeat(98)}`);
    const names = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "": 3, "a\\u0001b": 4, "ключ": 5}');
    const keep = async (value: Json) => {
      await store.put("own", value, write);
      await store.put("model_config_any", { modelId: "a/b", config: { value } }, write);
      const documents = await store.getMany(["own", "model_config_any"]);
      const expected = JSON.parse(JSON.stringify(value));
      expect(documents.get("own")?.value).toEqual(expected);
      expect(documents.get("model_config_any")?.value).toEqual({ modelId: "a/b", config: { value: expected } });
    };
    for (const value of [...extremes, deep, names]) await keep(value);
    const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !/\\u0000|\\ud[89a-f]/.test(JSON.stringify(value)));
    await fc.assert(
      fc.asyncProperty(json, (value) => keep(value as Json)),
      { numRuns: 50 },
    );
  });

  it("keeps any text in keys, prefixes, names and notes", async () => {
    const store = await createStore();
    const text = "é🛋%_\\'\"$1 ?:x";
    await store.put(`${text}/a`, 1, { author: { name: text }, note: `${text}\n\t` });
    await store.put("other", 1, write);
    expect((await store.list(text)).documents).toMatchObject([{ key: `${text}/a`, author: { name: text }, note: `${text}\n\t` }]);
    expect((await store.list(`${text}%`)).documents).toEqual([]);
  });

  it("keeps the active model and the global configs as rows of settings, their author by uuid alone", async () => {
    const schema = await createSettingsSchema(database.sql);
    const store = postgresConfigStore({ sql: database.sql, schema });
    await store.put("active_model", "a/b", write);
    await store.put("model_config_b", { modelId: "a/b", config: { seed: 1 } }, { author });
    await store.put("project/1/active_model", "a/b", write);
    const rowsOf = async () => {
      const text = `select key, value, description, model_settings::text as settings, updated_by::text as by from ${schema}.settings order by key`;
      return (await database.sql.query(text)).rows;
    };
    expect(await rowsOf()).toEqual([
      { key: "active_model", value: "a/b", description: "Active model", settings: null, by: null },
      { key: "model_config_b", value: "a/b", description: "Configuration for a/b model", settings: '{"seed": 1}', by: author.id },
    ]);
    await database.sql.query(`alter table ${schema}.settings add column tenant text default 'x'`);
    await database.sql.query(`update ${schema}.settings set description = 'Theirs', tenant = 'y'`);
    expect((await store.put("model_config_b", { modelId: "a/c", config: {} }, write)).version).toBe(2);
    const { rows } = await database.sql.query(`select * from ${schema}.settings where key = 'model_config_b'`);
    expect(rows).toMatchObject([{ value: "a/c", description: "Theirs", tenant: "y", model_settings: {}, updated_by: null }]);
    expect(await store.delete("active_model", write)).toBe(2);
    expect((await rowsOf()).map(({ key }) => key)).toEqual(["model_config_b"]);
  });

  it("makes a version of every put, the same value again too, and tells of each once", async () => {
    const store = await createStore();
    const told: unknown[] = [];
    const stop = await store.watch?.((change) => told.push(change));
    for (const note of ["first", "second"]) await store.put("active_model", "a/b", { author, note });
    await store.delete("active_model", { author, note: "third" });
    const { versions } = await store.history("active_model");
    expect(versions.map(({ version, note, author: by }) => [version, note, by])).toEqual([
      [3, "third", author],
      [2, "second", author],
      [1, "first", author],
    ]);
    await store.put("last", 1, write);
    await expect.poll(() => told.at(-1)).toEqual({ key: "last", version: 1 });
    expect(told.slice(0, -1)).toEqual([1, 2, 3].map((version) => ({ key: "active_model", version })));
    await stop?.();
  });

  it("reads a row that was broken by hand as it is, and repairs it", async () => {
    const schema = await createSettingsSchema(database.sql);
    const store = postgresConfigStore({ sql: database.sql, schema });
    await store.put("model_config_b", { modelId: "a/b", config: { seed: 1 } }, write);
    for (const [index, broken] of ["[]", '"x"', "null", "7"].entries()) {
      await database.sql.query(`update ${schema}.settings set value = '', model_settings = $1::text::jsonb`, [broken]);
      const document = (await store.getMany(["model_config_b"])).get("model_config_b");
      expect(document).toMatchObject({ version: 2 * index + 2, value: { modelId: "", config: JSON.parse(broken) } });
      const repaired = { modelId: "a/b", config: { seed: index } };
      expect((await store.put("model_config_b", repaired, { ...write, expectedVersion: document?.version })).version).toBe(2 * index + 3);
      expect((await store.getMany(["model_config_b"])).get("model_config_b")?.value).toEqual(repaired);
    }
    await database.sql.query(`update ${schema}.settings set model_settings = null`);
    expect((await store.getMany(["model_config_b"])).get("model_config_b")?.value).toEqual({ modelId: "a/b", config: {} });
  });

  it("takes any number for an expected version, and for a page", async () => {
    const store = await createStore();
    const expectedVersion = Number.MAX_SAFE_INTEGER;
    await expect(store.put("key", 1, { ...write, expectedVersion })).rejects.toMatchObject({ code: "version_conflict", expectedVersion });
    await store.put("key", 1, write);
    expect((await store.history("key", { cursor: expectedVersion })).versions).toHaveLength(1);
  });

  it("refuses what no row of settings can hold, and what is past 1 MB", async () => {
    const store = await createStore();
    const refused: readonly (readonly [string, Json])[] = [
      ["active_model", { modelId: "a/b" }],
      ["active_model", null],
      ["model_config_b", "a/b"],
      ["model_config_b", { modelId: "a/b" }],
      ["model_config_b", { modelId: "a/b", config: [] }],
      ["model_config_b", { modelId: 7, config: {} }],
      ["model_config_b", { modelId: "a/b", config: {}, more: 1 }],
      ["own", "x".repeat(1_000_000)],
    ];
    for (const [key, value] of refused) {
      const error = await store.put(key, value, write).catch((thrown: unknown) => thrown);
      expect(InvalidSettingError.is(error), key).toBe(true);
    }
    expect((await store.trail()).versions).toEqual([]);
  });

  it("reads with one statement, writes with one, and reads nothing for no keys", async () => {
    const { sql } = database;
    const texts: string[] = [];
    const counting: Sql = {
      ...sql,
      query(text, parameters) {
        texts.push(text);
        return sql.query(text, parameters);
      },
    };
    const store = postgresConfigStore({ sql: counting, schema: await createSettingsSchema(sql) });
    const calls: readonly (() => Promise<unknown>)[] = [
      () => store.put("active_model", "a/b", write),
      () => store.put("own", 1, write),
      () => store.put("own", 2, { ...write, expectedVersion: 7 }).catch(() => undefined),
      () => store.getMany(["active_model", "own", "model_config_b"]),
      () => store.list(""),
      () => store.history("own"),
      () => store.trail(),
      () => store.delete("active_model", write),
      () => store.delete("own", write),
    ];
    for (const call of calls) {
      texts.length = 0;
      await call();
      expect(texts).toHaveLength(1);
      expect(texts[0]).not.toContain(";");
    }
    texts.length = 0;
    await store.getMany([]);
    expect(texts).toEqual([]);
  });

  it("says what to do where the tables are missing, and of which schema there is none", async () => {
    const store = postgresConfigStore({ sql: database.sql, schema: "nowhere" });
    const calls = [
      store.getMany(["key"]),
      store.list(""),
      store.history("key"),
      store.trail(),
      store.put("key", 1, write),
      store.delete("key", write),
    ];
    for (const result of await Promise.allSettled(calls)) {
      const error = result.status === "rejected" ? result.reason : undefined;
      expect(MissingTableError.is(error)).toBe(true);
      expect(String(error)).toContain("restage migrate up");
    }
    const { code } = InvalidSchemaNameError;
    for (const schema of ['a"b', "", "A", "a.b", "a".repeat(41)]) {
      expect(() => postgresConfigStore({ sql: database.sql, schema })).toThrow(expect.objectContaining({ code }));
    }
  });

  it("finds keys through the indexes, in the shared table and in its own", async () => {
    const schema = await createSettingsSchema(database.sql);
    const texts: string[] = [];
    const { sql } = database;
    const spy: Sql = {
      ...sql,
      query(text, parameters) {
        texts.push(text);
        return sql.query(text, parameters);
      },
    };
    await postgresConfigStore({ sql: spy, schema }).getMany(["active_model", "own"]);
    const rows = (value: string) => `select ${value} from generate_series(1, 5000) as number`;
    await sql.query(`insert into ${schema}.settings (key, value) ${rows("'key' || number, 'x'")}`);
    await sql.query(`insert into ${schema}.restage_setting_versions (key, version, value) ${rows("'key' || number, 1, '1'")}`);
    for (const name of ["settings", "restage_setting_versions"]) await sql.query(`analyze ${schema}.${name}`);
    const plan = await sql.query(`explain ${texts[0]}`, [["active_model", "own"]]);
    const lines = plan.rows.map((row) => String(row["QUERY PLAN"]));
    expect(lines.filter((line) => line.includes("Seq Scan"))).toEqual([]);
  });
});
