import type { Sql } from "./sql.ts";

/** Where and how to migrate. */
export interface MigrationOptions {
  readonly sql: Sql;
  /** Default `"public"`. Migrating up makes a schema that is missing. */
  readonly schema?: string | undefined;
  /**
   * How long to wait for a table that another program holds, and then before the next of five attempts. Default 2,000. As long as it waits,
   * every other program that wants the table waits, too. Others that migrate are waited for without a limit.
   */
  readonly lockTimeoutMs?: number | undefined;
}

/** A migration by its name. */
export interface MigrationName {
  readonly version: number;
  readonly name: string;
}
