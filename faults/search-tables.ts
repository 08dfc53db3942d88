import type pg from "pg";
import type { CanarySearch } from "./canary-search.ts";

/** Searches every row of every table of a database, as text. */
export async function searchTables(pool: pg.Pool, search: CanarySearch): Promise<void> {
  const { rows: tables } = await pool.query(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  for (const { name } of tables) {
    const { rows } = await pool.query(`select row::text as text from ${name} as row`);
    for (const { text } of rows) search.seeText(`a row of ${name}`, text);
  }
}
