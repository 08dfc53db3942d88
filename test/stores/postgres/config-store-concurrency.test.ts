import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { VersionConflictError } from "../../../src/errors/version-conflict-error.ts";
import type { ConfigStore, ConfigVersion } from "../../../src/settings/config-store.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { openSharedTable, type SharedTable } from "./open-shared-table.ts";

const patience = 60_000;
const keys = ["active_model", "model_config_qwen", "model_config_new"];

let table: SharedTable;
beforeEach(async () => {
  table = await openSharedTable();
});
afterEach(() => table.close());

const toValue = (key: string, edit: string) => (key === "active_model" ? edit : { modelId: edit, config: {} });
const toEdit = ({ value, deleted }: { deleted: boolean; value?: unknown }) =>
  deleted ? "deleted" : typeof value === "string" ? value : (value as { modelId: string }).modelId;

async function readHistory(store: ConfigStore, key: string): Promise<readonly ConfigVersion[]> {
  const versions: ConfigVersion[] = [];
  for (let cursor: number | undefined; ; ) {
    const page = await store.history(key, { cursor, limit: 1_000 });
    versions.push(...page.versions);
    cursor = page.cursor;
    if (cursor === undefined) return versions.reverse();
  }
}

it.each(["model_config_qwen", "project/1/model_config_qwen"])(
  "1,000 concurrent edits of %s from 8 connections: each in the history, no gap, none lost",
  { timeout: patience },
  async (key) => {
    const pools = Array.from({ length: 8 }, () => new pg.Pool({ connectionString: table.connectionString, max: 1 }));
    const before = (await readHistory(table.store, key)).length;
    const accepted: { edit: string; version: number }[] = [];
    let conflicts = 0;
    const edit = async (pool: pg.Pool, worker: number) => {
      const store = postgresConfigStore({ sql: fromPg(pool) });
      for (let number = 0; number < 125; ) {
        const name = `${worker}/${number}`;
        const isCareful = number % 2 === 0;
        const expectedVersion = isCareful ? ((await store.getMany([key])).get(key)?.version ?? 0) : undefined;
        try {
          const { version } = await store.put(key, toValue(key, name), { author: { name }, expectedVersion });
          if (isCareful) expect(version).toBe(Number(expectedVersion) + 1);
          accepted.push({ edit: name, version });
          number += 1;
        } catch (error) {
          if (!VersionConflictError.is(error)) throw error;
          expect(error.currentVersion).toBeGreaterThan(Number(expectedVersion));
          conflicts += 1;
        }
      }
    };
    await Promise.all(pools.map(edit));
    await Promise.all(pools.map((pool) => pool.end()));
    expect(accepted).toHaveLength(1_000);
    expect(conflicts).toBeGreaterThan(0);
    const versions = await readHistory(table.store, key);
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: before + 1_000 }, (_, index) => index + 1));
    const written = versions.slice(before).map((version) => ({ edit: toEdit(version), version: version.version }));
    expect(written).toEqual(accepted.sort((left, right) => left.version - right.version));
    expect(versions.slice(before).every((version) => version.author?.name === toEdit(version))).toBe(true);
  },
);

it("of two admins at once, the second gets a conflict that says the current version", async () => {
  const [first, second] = await Promise.allSettled(
    ["a/first", "a/second"].map((edit) =>
      table.store.put("model_config_qwen", toValue("model_config_qwen", edit), { author: { name: edit }, expectedVersion: 1 }),
    ),
  );
  const statuses = [first?.status, second?.status].sort();
  expect(statuses).toEqual(["fulfilled", "rejected"]);
  const [error] = [first, second].flatMap((result) => (result?.status === "rejected" ? [result.reason as unknown] : []));
  expect(error).toMatchObject({ code: "version_conflict", key: "model_config_qwen", expectedVersion: 1, currentVersion: 2 });
});

it("another program's transactions and the store never meet in a deadlock, and every change is in the history", {
  timeout: patience,
}, async () => {
  const until = Date.now() + 4_000;
  const foreignErrors: unknown[] = [];
  let foreignWrites = 0;
  const foreign = async (worker: number) => {
    // In one order only: two of their own transactions in opposite orders deadlock without us, too.
    const client = await table.foreign.connect();
    for (let turn = 0; Date.now() < until; turn += 1) {
      try {
        await client.query("begin");
        for (const key of keys) {
          const upsert = "insert into settings (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value";
          if ((turn + worker) % 5 === 0) await client.query("delete from settings where key = $1", [key]);
          else await client.query(upsert, [key, `foreign/${worker}/${turn}`]);
        }
        await client.query((turn + worker) % 7 === 0 ? "rollback" : "commit");
        foreignWrites += 1;
      } catch (error) {
        foreignErrors.push(error);
        await client.query("rollback");
      }
    }
    client.release();
  };
  const storeErrors: unknown[] = [];
  let storeWrites = 0;
  const write = async (worker: number) => {
    for (let turn = 0; Date.now() < until; turn += 1) {
      const key = (worker % 2 === 0 ? keys : [...keys].reverse())[turn % keys.length] as string;
      const options = { author: { name: `store/${worker}/${turn}` } };
      try {
        if (turn % 6 === 0) await table.store.delete(key, options);
        else await table.store.put(key, toValue(key, options.author.name), options);
        storeWrites += 1;
      } catch (error) {
        storeErrors.push(error);
      }
    }
  };
  await Promise.all([0, 1, 2].flatMap((worker) => [foreign(worker), write(worker)]));
  expect(foreignErrors).toEqual([]);
  expect(storeErrors).toEqual([]);
  expect(table.warnings).toEqual([]);
  expect(foreignWrites).toBeGreaterThan(50);
  expect(storeWrites).toBeGreaterThan(50);
  for (const key of keys) {
    const versions = await readHistory(table.store, key);
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
    for (const version of versions.filter(({ author }) => author !== null)) {
      if (!version.deleted) expect(toEdit(version)).toBe(version.author?.name);
    }
    expect(versions.some((version) => toEdit(version).startsWith("foreign/"))).toBe(true);
    const { rows } = await table.foreign.query("select value from settings where key = $1", [key]);
    const newest = versions.at(-1);
    expect(newest && toEdit(newest)).toBe(rows[0]?.value ?? "deleted");
  }
});
