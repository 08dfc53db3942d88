import { inMigration } from "./in-migration.ts";
import type { MigrationName, MigrationOptions } from "./migration-options.ts";
import { readLedger } from "./read-ledger.ts";
import { takeBack } from "./take-back.ts";

const triggers = 17;

/**
 * Takes the triggers off the shared table and leaves everything else: nothing more is recorded of what others write there. Migrating up
 * puts them on again and records what changed meanwhile. Gives what was taken back: nothing where they were off already.
 *
 * @throws {InvalidSchemaNameError}
 * @throws {DatabaseError}
 * @throws {DatabaseUnavailableError}
 */
export function detach(options: MigrationOptions): Promise<readonly MigrationName[]> {
  return inMigration(options, async (sql, schema) => {
    return (await readLedger(sql, schema)).has(triggers) ? [await takeBack(sql, schema, triggers)] : [];
  });
}
