import { DatabaseError } from "../../errors/database-error.ts";
import type { SqlQuery, SqlRow } from "./sql.ts";
import { toDatabaseError } from "./to-database-error.ts";

// Serialization failure and deadlock: another transaction came in between, and this one was undone.
const undone = ["40001", "40P01"];

/**
 * Runs one statement outside of any transaction, again where others came in between.
 * @throws {DatabaseError}
 * @throws {DatabaseUnavailableError}
 * @throws {MissingTableError}
 */
export async function runStatement(sql: SqlQuery, text: string, parameters: readonly unknown[]): Promise<readonly SqlRow[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await sql.query(text, parameters)).rows;
    } catch (cause) {
      const error = toDatabaseError(cause);
      if (attempt === 10 || !DatabaseError.is(error) || !undone.includes(error.sqlState ?? "")) throw error;
    }
  }
}
