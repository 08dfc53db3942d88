import { systemClock } from "../../basics/clock.ts";
import { DatabaseError } from "../../errors/database-error.ts";
import { checkSchema } from "./check-schema.ts";
import type { MigrationOptions } from "./migration-options.ts";
import type { SqlQuery } from "./sql.ts";
import { toDatabaseError } from "./to-database-error.ts";

const attempts = 5;

// Deadlock and lock timeout: another program had a table, and may be done with it soon.
const passing = ["40P01", "55P03"];

/**
 * A transaction that is the only one to migrate the schema. Others wait for their turn. Whoever waits for a table makes every other
 * program wait behind it: so it waits briefly, and more often.
 */
export async function inMigration<Result>(
  { sql, schema, lockTimeoutMs = 2_000 }: MigrationOptions,
  work: (sql: SqlQuery, schema: string) => Promise<Result>,
): Promise<Result> {
  const name = checkSchema(schema);
  const migrateOnce = () =>
    sql.transaction(async (transaction) => {
      // Whoever waited for the lock has to see what was done meanwhile.
      await transaction.query("set transaction isolation level read committed");
      await transaction.query("select pg_advisory_xact_lock(hashtext('restage_migrations'), hashtext($1::text))", [name]);
      // From a table, because opening one forgets what this connection knew of the tables before it waited.
      await transaction.query(
        "select set_config('lock_timeout', $1::text, true), set_config('client_min_messages', 'warning', true) from pg_class limit 1",
        [String(lockTimeoutMs)],
      );
      return work(transaction, name);
    });

  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migrateOnce();
    } catch (cause) {
      const error = toDatabaseError(cause);
      if (attempt === attempts || !DatabaseError.is(error) || !passing.includes(error.sqlState ?? "")) throw error;
      await systemClock.sleep(lockTimeoutMs);
    }
  }
}
