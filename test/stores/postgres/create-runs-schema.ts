import { randomUUID } from "node:crypto";
import { restageRuns } from "../../../src/stores/postgres/migrations/0018-restage-runs.ts";
import { restageBooks } from "../../../src/stores/postgres/migrations/0020-restage-books.ts";
import type { Sql } from "../../../src/stores/postgres/sql.ts";

/** A schema of its own with the tables of runs alone; gives its name. */
export async function createRunsSchema(sql: Sql): Promise<string> {
  const schema = `runs_${randomUUID().replaceAll("-", "")}`;
  await sql.transaction(async ({ query }) => {
    for (const statement of [`create schema ${schema}`, ...restageRuns.up(schema), ...restageBooks.up(schema)]) await query(statement);
  });
  return schema;
}

/** Makes the tables of a schema as empty as they were. */
export async function emptyRunsSchema(sql: Sql, schema: string): Promise<void> {
  // Their predictions go with them.
  await sql.query(`delete from ${schema}.restage_runs`);
}
