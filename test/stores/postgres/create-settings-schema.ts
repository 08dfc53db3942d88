import { randomUUID } from "node:crypto";
import { migrations } from "../../../src/stores/postgres/migrations/migrations.ts";
import type { Sql } from "../../../src/stores/postgres/sql.ts";

/** A schema of its own with `settings` and its history, and no rows; gives its name. */
export async function createSettingsSchema(sql: Sql): Promise<string> {
  const schema = `settings_${randomUUID().replaceAll("-", "")}`.slice(0, 40);
  await sql.query(`create schema ${schema}`);
  await sql.transaction(async ({ query }) => {
    for (const { version, up } of migrations) {
      for (const statement of up(schema)) await query(statement);
      if (version === 15) await query(`delete from ${schema}.settings`);
    }
  });
  return schema;
}

/** Makes the tables of a schema as empty as they were. */
export async function emptySettingsSchema(sql: Sql, schema: string): Promise<void> {
  // One after the other: what is deleted from settings becomes a version.
  for (const table of ["settings", "restage_setting_versions"]) await sql.query(`delete from ${schema}.${table}`);
}
