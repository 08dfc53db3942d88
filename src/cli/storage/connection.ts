import type { Sql } from "../../stores/postgres/sql.ts";

/** An open PostgreSQL, and what to call it. */
export interface Connection {
  readonly sql: Sql;
  readonly schema: string;
  /** For people: `.restage (PGlite)`. Holds no credentials. */
  readonly place: string;
  close(): Promise<void>;
}
