import { randomUUID } from "node:crypto";
import { restageLimits } from "../../../src/stores/postgres/migrations/0019-restage-limits.ts";
import type { Sql } from "../../../src/stores/postgres/sql.ts";

/** A schema of its own with the table of limits alone; gives its name. */
export async function createLimitsSchema(sql: Sql): Promise<string> {
  const schema = `limits_${randomUUID().replaceAll("-", "")}`.slice(0, 40);
  await sql.transaction(async ({ query }) => {
    for (const statement of [`create schema ${schema}`, ...restageLimits.up(schema)]) await query(statement);
  });
  return schema;
}

/** Makes the rows so much older: to them it is as if the database's clock had been put on. A negative number puts it back. */
export async function passTime(sql: Sql, schema: string, milliseconds: number): Promise<void> {
  const columns = ["filled_at_ms", "held_until_ms", "seen_at_ms", "asked_until_ms", "fresh_until_ms"];
  await sql.query(
    `update ${schema}.restage_limits set ${columns.map((column) => `${column} = ${column} - $1::double precision`).join()},
      learned = learned || jsonb_build_object('pacedAt', (learned->>'pacedAt')::double precision - $1::double precision,
        'lowCreditUntil', (learned->>'lowCreditUntil')::double precision - $1::double precision)`,
    [milliseconds],
  );
}
