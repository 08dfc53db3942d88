import { checkSchema } from "./check-schema.ts";
import type { MigrationOptions } from "./migration-options.ts";
import type { SqlQuery } from "./sql.ts";
import { toDatabaseError } from "./to-database-error.ts";

/** A transaction that is the only one to migrate the schema. Others wait for their turn. */
export async function inMigration<Result>(
  { sql, schema, lockTimeoutMs = 10_000 }: MigrationOptions,
  work: (sql: SqlQuery, schema: string) => Promise<Result>,
): Promise<Result> {
  const name = checkSchema(schema);
  try {
    return await sql.transaction(async (transaction) => {
      // Whoever waited for the lock has to see what was done meanwhile.
      await transaction.query("set transaction isolation level read committed");
      await transaction.query("select pg_advisory_xact_lock(hashtext('restage_migrations'), hashtext($1::text))", [name]);
      await transaction.query("select set_config('lock_timeout', $1::text, true), set_config('client_min_messages', 'warning', true)", [
        String(lockTimeoutMs),
      ]);
      return await work(transaction, name);
    });
  } catch (error) {
    throw toDatabaseError(error);
  }
}
