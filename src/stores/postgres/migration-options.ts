import type { Sql } from "./sql.ts";

/** Where and how to migrate. */
export interface MigrationOptions {
  readonly sql: Sql;
  /** Default `"public"`. Migrating up makes a schema that is missing. */
  readonly schema?: string | undefined;
  /** How long to wait for a table that another program holds. Default 10,000. Others that migrate are waited for without a limit. */
  readonly lockTimeoutMs?: number | undefined;
}

/** A migration by its name. */
export interface MigrationName {
  readonly version: number;
  readonly name: string;
}
