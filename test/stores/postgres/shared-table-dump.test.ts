import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { expect, it } from "vitest";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { findBinaries } from "../../postgres/find-binaries.ts";
import { openSharedTable } from "./open-shared-table.ts";

const author = { name: "Ada" };
const run = promisify(execFile);

it("comes back from pg_dump with its history and its triggers", { timeout: 60_000 }, async ({ skip }) => {
  const folder = await findBinaries();
  const [dump, psql] = [join(folder, "pg_dump"), join(folder, "psql")];
  if (!existsSync(dump) || !existsSync(psql)) skip("pg_dump and psql are not beside the server's binaries");
  const table = await openSharedTable();
  const { connectionString, drop } = await createDatabase();
  const pool = new pg.Pool({ connectionString });
  try {
    await table.store.put("active_model", "a/b", { author });
    const { stdout } = await run(dump, ["--no-owner", "--no-privileges", table.connectionString], { maxBuffer: 1e8 });
    const restoring = run(psql, ["--quiet", "--set=ON_ERROR_STOP=1", connectionString]);
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
