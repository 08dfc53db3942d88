import { createDatabase } from "./create-database.ts";
import { type Driver, type OpenSql, openSql } from "./open-sql.ts";

/** An empty database, opened through a driver; closing it removes it. */
export async function openDatabase(driver: Driver): Promise<OpenSql> {
  if (driver === "pglite") return openSql(driver, { connectionString: "" });
  const database = await createDatabase();
  const { sql, close } = await openSql(driver, database);
  return {
    sql,
    async close() {
      await close();
      await database.drop();
    },
  };
}
