import pg from "pg";
import postgres from "postgres";
import { fromPg } from "../../src/stores/postgres/from-pg.ts";
import { fromPglite } from "../../src/stores/postgres/from-pglite.ts";
import { fromPostgresJs } from "../../src/stores/postgres/from-postgres-js.ts";
import type { Sql } from "../../src/stores/postgres/sql.ts";
import { openPglite } from "./open-pglite.ts";

/** A database as the stores see it, and how to end it. */
export interface OpenSql {
  readonly sql: Sql;
  close(): Promise<void>;
}

export const drivers = ["pg", "postgres.js", "pglite"] as const;
export type Driver = (typeof drivers)[number];

/** Opens a database through a driver. PGlite has none to be given: it opens an empty one of its own, in memory. */
export async function openSql(driver: Driver, { connectionString }: { readonly connectionString: string }): Promise<OpenSql> {
  if (driver === "pg") {
    const pool = new pg.Pool({ connectionString });
    // Connections at rest break when a server is killed.
    pool.on("error", () => undefined);
    return { sql: fromPg(pool), close: () => pool.end() };
  }
  if (driver === "postgres.js") {
    const sql = postgres(connectionString, { onnotice: () => undefined });
    // With a limit: a connection that broke would be waited for without one.
    return { sql: fromPostgresJs(sql), close: () => sql.end({ timeout: 1 }) };
  }
  const db = await openPglite();
  return { sql: fromPglite(db), close: () => db.close() };
}
