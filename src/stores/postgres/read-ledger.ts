import type { SqlQuery } from "./sql.ts";
import { toIsoTime } from "./to-iso-time.ts";

/** What was applied to a schema, and when (ISO 8601 in UTC), by version. */
export async function readLedger(sql: SqlQuery, schema: string): Promise<ReadonlyMap<number, string>> {
  const table = `"${schema}".restage_migrations`;
  const { rows: found } = await sql.query("select to_regclass($1::text) is not null as exists", [table]);
  if (!found[0]?.exists) return new Map();
  const { rows } = await sql.query(`select version, ${toIsoTime("applied_at")} as time from ${table} order by version`);
  return new Map(rows.map(({ version, time }) => [version as number, time as string]));
}
