import { afterEach, beforeEach, expect, it } from "vitest";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrationStatus } from "../../../src/stores/postgres/migration-status.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import { sampleAttempt, sampleRun } from "../../../src/testing/run-store-suite.ts";
import { readDocumentBlocks } from "../../docs/code-block.ts";
import { openSharedTable, type SharedTable } from "./open-shared-table.ts";

const author = { name: "Ada" };

let table: SharedTable;
beforeEach(async () => {
  table = await openSharedTable();
});
afterEach(() => table.close());

it("a hostile schema earlier in the search path fools neither triggers nor store", async () => {
  for (const statement of [
    "create schema hostile",
    "create table hostile.settings (like settings)",
    "create table hostile.restage_setting_versions (like restage_setting_versions)",
    "create function hostile.starts_with(text, text) returns boolean language sql as 'select false'",
    "create function hostile.pg_notify(text, text) returns void language plpgsql as $$ begin raise exception 'fooled'; end $$",
    "create function hostile.to_jsonb(text) returns jsonb language sql as $$ select '\"fooled\"'::jsonb $$",
    "create function hostile.never(text, text) returns boolean language sql as 'select false'",
    "create operator hostile.= (leftarg = text, rightarg = text, function = hostile.never)",
    "create function hostile.never(character varying, text) returns boolean language sql as 'select false'",
    "create operator hostile.= (leftarg = character varying, rightarg = text, function = hostile.never)",
    "create function hostile.never(jsonb, jsonb) returns boolean language sql as 'select true'",
    "create operator hostile.= (leftarg = jsonb, rightarg = jsonb, function = hostile.never)",
    "create function hostile.never(character varying, character varying) returns boolean language sql as 'select false'",
    "create operator hostile.= (leftarg = character varying, rightarg = character varying, function = hostile.never)",
    "create function hostile.to_jsonb(character varying) returns jsonb language sql as $$ select '\"fooled\"'::jsonb $$",
    "create function hostile.jsonb_build_object(text, text, text, jsonb) returns jsonb language sql as $$ select '\"fooled\"'::jsonb $$",
    "grant usage on schema hostile to public",
  ]) {
    await table.owner.query(statement);
  }
  const client = await table.foreign.connect();
  await client.query("set search_path = hostile, public, pg_catalog");
  await client.query("insert into public.settings (key, value) values ('active_model', 'a/one')");
  await client.query("update public.settings set value = 'a/two' where key operator(pg_catalog.=) 'active_model'");
  client.release(true);
  expect(table.warnings).toEqual([]);
  const { versions } = await table.store.history("active_model");
  expect(versions.map((version) => !version.deleted && version.value)).toEqual(["a/two", "a/one"]);

  const owner = await table.owner.connect();
  await owner.query("set search_path = hostile, public");
  const store = postgresConfigStore({ sql: fromPg(owner) });
  await store.put("active_model", "a/three", { author, expectedVersion: 2 });
  expect((await store.getMany(["active_model"])).get("active_model")).toMatchObject({ version: 3, value: "a/three", author });
  expect((await store.history("active_model")).versions).toHaveLength(3);
  owner.release(true);
});

it("rights on settings alone give no way into the history", async () => {
  const { role } = table;
  await table.owner.query(`create schema theirs authorization ${role}`);
  for (const statement of [
    "select * from restage_setting_versions",
    "insert into restage_setting_versions (key, version, value) values ('active_model', 1, '1')",
    "select restage_record_version('active_model', '\"forged\"', by_name => 'Ada')",
    "select restage_write_setting('active_model', '\"forged\"', null, 'Ada', null, null)",
    "select restage_record_settings()",
  ]) {
    await expect(table.foreign.query(statement), statement).rejects.toMatchObject({ code: "42501" });
  }
  await table.foreign.query("create table theirs.forged (like settings)");
  const trigger = "create trigger forge after insert on theirs.forged for each row execute function public.restage_setting_changed()";
  await expect(table.foreign.query(trigger)).rejects.toMatchObject({ code: "42501" });
  expect((await table.store.history("active_model")).versions).toEqual([]);
});

it("a service with the least rights reads and writes, and cannot rewrite the history", async () => {
  const { role } = table;
  await table.owner.query(`revoke all on settings from ${role}`);
  await table.owner.query("revoke execute on all functions in schema public from public");
  const grants = readDocumentBlocks("docs/postgres.md").find(({ code }) => code.startsWith("grant"))?.code ?? "";
  for (const grant of grants.trim().split("\n")) await table.owner.query(grant.replace("to service", `to ${role}`));
  expect((await migrationStatus({ sql: fromPg(table.foreign) })).every(({ appliedAt }) => appliedAt !== null)).toBe(true);
  const store = postgresConfigStore({ sql: fromPg(table.foreign) });
  await store.put("active_model", "a/b", { author });
  await store.put("project/1/pause", { reason: "holidays" }, { author });
  const stop = await store.watch?.(() => undefined);
  await stop?.();
  expect((await store.getMany(["active_model", "project/1/pause"])).size).toBe(2);
  expect((await store.trail()).versions).toHaveLength(7);
  const runs = postgresRunStore({ sql: fromPg(table.foreign) });
  const { run } = await runs.create(sampleRun());
  await runs.update(run.id, 1, { attempts: [sampleAttempt({ predictionId: "p1" })] });
  await runs.update(run.id, 2, { attempts: [] });
  await runs.claim({ states: [run.state], leaseMs: 1_000, limit: 1 });
  await expect(table.foreign.query("update restage_setting_versions set author_name = 'Bob'")).rejects.toMatchObject({ code: "42501" });
});
