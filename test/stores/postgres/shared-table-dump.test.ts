import { execFile } from "node:child_process";
import { promisify } from "node:util";
import pg from "pg";
import { expect, it } from "vitest";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { openSharedTable } from "./open-shared-table.ts";

const author = { name: "Ada" };
const run = promisify(execFile);
const toMajor = (text: string) => Number(/\d+/.exec(text)?.[0]);

it("comes back from pg_dump with its history and its triggers", { timeout: 60_000 }, async ({ skip }) => {
  const table = await openSharedTable();
  const { connectionString, drop } = await createDatabase();
  const pool = new pg.Pool({ connectionString });
  try {
    const { rows } = await pool.query("show server_version");
    const { stdout: version } = await run("pg_dump", ["--version"]).catch(() => ({ stdout: "0" }));
    if (toMajor(version) !== toMajor(rows[0].server_version)) skip("there is no pg_dump of the version of the server on this machine");

    await table.store.put("active_model", "a/b", { author });
    const { stdout } = await run("pg_dump", ["--no-owner", "--no-privileges", table.connectionString], { maxBuffer: 1e8 });
    const restoring = run("psql", ["--quiet", "--set=ON_ERROR_STOP=1", connectionString]);
    restoring.child.stdin?.end(stdout);
    await restoring;

    const store = postgresConfigStore({ sql: fromPg(pool) });
    expect(await store.trail()).toEqual(await table.store.trail());
    await pool.query("update settings set value = 'a/c' where key = 'active_model'");
    await store.put("active_model", "a/d", { author, expectedVersion: 2 });
    const { versions } = await store.history("active_model");
    expect(versions.map((version) => !version.deleted && version.value)).toEqual(["a/d", "a/c", "a/b"]);
  } finally {
    await pool.end();
    await drop();
    await table.close();
  }
});
