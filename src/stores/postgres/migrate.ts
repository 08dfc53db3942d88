import { inMigration } from "./in-migration.ts";
import type { MigrationName, MigrationOptions } from "./migration-options.ts";
import { migrations } from "./migrations/migrations.ts";
import { readLedger } from "./read-ledger.ts";

/**
 * Applies what is missing, all of it or nothing, and gives what that was, in order. Any number of processes may do it at once: each
 * migration is applied once. What admins set stays as it is.
 *
 * @throws {InvalidSchemaNameError}
 * @throws {DatabaseError} where the table `settings` is made for something else, or another program holds it for too long.
 * @throws {DatabaseUnavailableError}
 *
 * @example
 * ```ts
 * import pg from "pg";
 * import { fromPg, migrate } from "restage/postgres";
 *
 * const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
 * for (const { version, name } of await migrate({ sql: fromPg(pool) })) console.log(version, name);
 * ```
 */
export function migrate(options: MigrationOptions): Promise<readonly MigrationName[]> {
  return inMigration(options, async (sql, schema) => {
    // Not `create schema if not exists`, which wants the right to create one even where it exists.
    const { rows } = await sql.query("select to_regnamespace($1::text) is null as missing", [`"${schema}"`]);
    if (rows[0]?.missing) await sql.query(`create schema "${schema}"`);
    const ledger = await readLedger(sql, schema);
    const missing = migrations.filter(({ version }) => !ledger.has(version));
    for (const statement of missing.flatMap(({ up }) => up(schema))) await sql.query(statement);
    return missing.map(({ version, name }) => ({ version, name }));
  });
}
