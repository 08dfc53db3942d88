import { checkSchema } from "./check-schema.ts";
import type { MigrationName, MigrationOptions } from "./migration-options.ts";
import { migrations } from "./migrations/migrations.ts";
import { readLedger } from "./read-ledger.ts";
import { toDatabaseError } from "./to-database-error.ts";

/** A migration and whether it was applied. */
export interface MigrationState extends MigrationName {
  /** ISO 8601 in UTC; `null`: not applied. */
  readonly appliedAt: string | null;
}

/**
 * All migrations of this release in their order, and when each was applied. Changes nothing.
 *
 * @throws {InvalidSchemaNameError}
 * @throws {DatabaseError}
 * @throws {DatabaseUnavailableError}
 */
export async function migrationStatus({ sql, schema }: Pick<MigrationOptions, "sql" | "schema">): Promise<readonly MigrationState[]> {
  const name = checkSchema(schema);
  try {
    const ledger = await readLedger(sql, name);
    return migrations.map(({ version, name }) => ({ version, name, appliedAt: ledger.get(version) ?? null }));
  } catch (error) {
    throw toDatabaseError(error);
  }
}
