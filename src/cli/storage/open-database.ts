import type pg from "pg";
import { fromPg } from "../../stores/postgres/from-pg.ts";
import { UsageError } from "../usage-error.ts";
import type { Connection } from "./connection.ts";
import { loadPeer } from "./load-peer.ts";

/**
 * The database of a connection string. It is connected to when it is first asked something.
 * @throws {MissingPeerError} when the package pg is not installed.
 * @throws {UsageError} when the string is none.
 */
export async function openDatabase(connectionString: string, schema: string): Promise<Connection> {
  const { default: driver } = await loadPeer("pg", "DATABASE_URL", () => import("pg"));
  const place = toPlace(connectionString, () => new driver.Client({ connectionString }));
  const pool = new driver.Pool({ connectionString, application_name: "restage", connectionTimeoutMillis: 10_000 });
  return { sql: fromPg(pool), schema, place, close: () => pool.end() };
}

// Never the cause: an error about a URL holds the URL, and that the password.
function toPlace(connectionString: string, parse: () => pg.Client): string {
  try {
    if (!/^postgres(ql)?:\/\//i.test(connectionString)) throw new Error("another protocol, or none");
    const { host, port, database } = parse();
    return `the database of DATABASE_URL (${host}:${port}/${database})`;
  } catch {
    throw new UsageError("DATABASE_URL is no connection string of PostgreSQL, such as postgres://USER:PASSWORD@HOST/DATABASE");
  }
}
