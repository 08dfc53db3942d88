import { randomUUID } from "node:crypto";
import pg from "pg";
import type { ConfigStore } from "../../../src/settings/config-store.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { createDatabase } from "../../postgres/create-database.ts";

/** A migrated database that another program uses, too. */
export interface SharedTable {
  /** As the owner of everything. */
  readonly owner: pg.Pool;
  /** As a role with rights on the table settings alone. */
  readonly foreign: pg.Pool;
  readonly foreignUrl: string;
  readonly role: string;
  readonly connectionString: string;
  readonly store: ConfigStore;
  /** The other program's warnings. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

/** Makes the other program's table with rows in it, and then migrates. */
export async function openSharedTable(): Promise<SharedTable> {
  const { connectionString, drop } = await createDatabase();
  const owner = openPool(connectionString);
  const role = `foreign_${randomUUID().replaceAll("-", "")}`;
  await owner.query(`create role ${role} login password 'foreign'`);
  await owner.query(`create table settings (key varchar(255) primary key, value text not null, description text,
    updated_at timestamptz default now(), updated_by uuid, tenant text default 'x')`);
  await owner.query(`insert into settings (key, value, description) values ('site_name', 'Rooms', 'Shown above'), ('theme', 'dark', null)`);
  await owner.query(`grant select, insert, update, delete, truncate on settings to ${role}`);
  await migrate({ sql: fromPg(owner) });

  const url = new URL(connectionString);
  Object.assign(url, { username: role, password: "foreign" });
  const foreign = openPool(url.href);
  const warnings: string[] = [];
  foreign.on("connect", (client) => client.on("notice", ({ message }) => warnings.push(String(message))));
  return {
    owner,
    foreign,
    foreignUrl: url.href,
    role,
    connectionString,
    store: postgresConfigStore({ sql: fromPg(owner) }),
    warnings,
    async close() {
      await foreign.end();
      await owner.query(`drop owned by ${role}`);
      await owner.query(`drop role ${role}`);
      await owner.end();
      await drop();
    },
  };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  pool.on("error", () => undefined);
  return pool;
}
