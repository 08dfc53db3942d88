import { randomUUID } from "node:crypto";
import { restageBudgets } from "../../../src/stores/postgres/migrations/0021-restage-budgets.ts";
import type { Sql } from "../../../src/stores/postgres/sql.ts";

/** A schema of its own with the tables and functions of budgets alone; gives its name. */
export async function createBudgetsSchema(sql: Sql): Promise<string> {
  const schema = `budgets_${randomUUID().replaceAll("-", "")}`.slice(0, 40);
  await sql.transaction(async ({ query }) => {
    for (const statement of [`create schema ${schema}`, ...restageBudgets.up(schema)]) await query(statement);
  });
  return schema;
}

/** Makes the tables of a schema as empty as they were. */
export async function emptyBudgetsSchema(sql: Sql, schema: string): Promise<void> {
  // Faster than to truncate, where there is so little.
  await sql.query(`
    with counters as (delete from ${schema}.restage_budget_counters), alerts as (delete from ${schema}.restage_budget_alerts)
    delete from ${schema}.restage_reservations`);
}
