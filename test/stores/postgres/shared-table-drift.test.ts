import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { detach } from "../../../src/stores/postgres/detach.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { openSharedTable, type SharedTable } from "./open-shared-table.ts";

const author = { id: "0b9d3a5e-1f52-4c7c-9e57-3d0f5a1b2c3d", name: "Ada" };
const other = "9c1de0a7-4a3b-4a67-8a55-6fd0a3f3a111";
const key = "model_config_qwen";
const toValue = (modelId: string) => ({ modelId, config: { seed: 1 } });

let table: SharedTable;
beforeEach(async () => {
  table = await openSharedTable();
  // As the second version, so that the row names Ada.
  await table.store.put(key, toValue("a/stored"), { author });
});
afterEach(() => table.close());

const read = async () => {
  const { version, value, author: by } = (await table.store.getMany([key])).get(key) ?? {};
  return [version, (value as { modelId?: string } | undefined)?.modelId, by];
};
const history = async () =>
  (await table.store.history(key)).versions.map((version) => [
    version.version,
    version.deleted ? "deleted" : (version.value as { modelId: string }).modelId,
    version.author?.name ?? null,
  ]);
const switchOff = () => table.owner.query("alter table settings disable trigger user");
const switchOn = () => table.owner.query("alter table settings enable trigger user");
const change = (modelId: string) => table.foreign.query("update settings set value = $1 where key = $2", [modelId, key]);

describe("a row that no trigger saw change", () => {
  beforeEach(async () => {
    await switchOff();
    await change("a/unseen");
  });

  it("is read as the next version, by nobody, in every way of reading", async () => {
    expect(await read()).toEqual([3, "a/unseen", null]);
    const [first] = (await table.store.list(key)).documents;
    expect([first?.version, first?.author, first?.note]).toEqual([3, null, null]);
    expect(await history()).toEqual([
      [3, "a/unseen", null],
      [2, "a/stored", "Ada"],
      [1, "qwen/qwen-image-edit", null],
    ]);
    const trail = (await table.store.trail()).versions.filter((version) => version.key === key);
    expect(trail.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it("is by whom it names, where that is somebody new", async () => {
    await table.foreign.query("update settings set updated_by = $1 where key = $2", [other, key]);
    expect((await table.store.getMany([key])).get(key)?.author).toEqual({ id: other, name: "unknown" });
  });

  it("is recorded by the next write, whether that expects a version or not", async () => {
    await expect(table.store.put(key, toValue("a/lost"), { author, expectedVersion: 2 })).rejects.toMatchObject({ currentVersion: 3 });
    expect((await table.store.put(key, toValue("a/four"), { author, expectedVersion: 3 })).version).toBe(4);
    await change("a/five");
    expect((await table.store.put(key, toValue("a/six"), { author })).version).toBe(6);
    expect(await history()).toEqual([
      [6, "a/six", "Ada"],
      [5, "a/five", null],
      [4, "a/four", "Ada"],
      [3, "a/unseen", null],
      [2, "a/stored", "Ada"],
      [1, "qwen/qwen-image-edit", null],
    ]);
  });

  it("is recorded before a deletion, and before a write of the same value", async () => {
    expect((await table.store.put(key, toValue("a/unseen"), { author, note: "meant so" })).version).toBe(4);
    await change("a/five");
    expect(await table.store.delete(key, { author })).toBe(6);
    expect((await history()).slice(0, 3)).toEqual([
      [6, "deleted", "Ada"],
      [5, "a/five", null],
      [4, "a/unseen", "Ada"],
    ]);
    expect(await read()).toEqual([undefined, undefined, undefined]);
    expect((await table.store.put(key, toValue("a/again"), { author, expectedVersion: 0 })).version).toBe(7);
  });

  it("is recorded by the next change that a trigger sees", async () => {
    await switchOn();
    await change("a/seen");
    expect((await history()).slice(0, 2)).toEqual([
      [4, "a/seen", null],
      [3, "a/unseen", null],
    ]);
  });

  it("is no version where it changed back", async () => {
    await change("a/stored");
    expect(await read()).toEqual([2, "a/stored", author]);
  });
});

describe("a row that no trigger saw go", () => {
  beforeEach(async () => {
    await switchOff();
    await table.foreign.query("delete from settings where key = $1", [key]);
  });

  it("is deleted, and its deletion the next version", async () => {
    expect(await read()).toEqual([undefined, undefined, undefined]);
    expect((await history())[0]).toEqual([3, "deleted", null]);
    expect(await table.store.delete(key, { author })).toBe(null);
    await expect(table.store.put(key, toValue("a/lost"), { author, expectedVersion: 2 })).rejects.toMatchObject({ currentVersion: 0 });
    expect((await table.store.put(key, toValue("a/new"), { author, expectedVersion: 0 })).version).toBe(3);
    expect(await read()).toEqual([3, "a/new", author]);
  });
});

it("works without triggers, and records what happened meanwhile when they come back", async () => {
  const sql = fromPg(table.owner);
  await detach({ sql });
  expect((await table.store.put(key, toValue("a/three"), { author, expectedVersion: 2 })).version).toBe(3);
  expect(await table.store.delete("model_config_seedream_4", { author })).toBe(2);
  await change("a/four");
  await table.foreign.query("delete from settings where key = 'model_config_seedream_3'");
  await table.foreign.query("insert into settings (key, value, updated_by) values ('active_model', 'a/b', $1)", [other]);
  await migrate({ sql });
  const { rows } = await table.owner.query(
    `select key, version, value is null as deleted, author_id from restage_setting_versions where latest and
     key in ('${key}', 'model_config_seedream_3', 'active_model') order by key collate "C"`,
  );
  expect(rows).toEqual([
    { key: "active_model", version: 1, deleted: false, author_id: other },
    { key, version: 4, deleted: false, author_id: null },
    { key: "model_config_seedream_3", version: 2, deleted: true, author_id: null },
  ]);
});
