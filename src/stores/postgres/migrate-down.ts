import { inMigration } from "./in-migration.ts";
import type { MigrationName, MigrationOptions } from "./migration-options.ts";
import { readLedger } from "./read-ledger.ts";
import { takeBack } from "./take-back.ts";

/** Which migrations to take back. */
export interface MigrateDownOptions extends MigrationOptions {
  /** The version to go back to; 0: before the first. Default: one migration back. */
  readonly to?: number | undefined;
  /** Whether what people made may be discarded: changed settings, their history, projects' settings, runs. Default `false`. */
  readonly discard?: boolean | undefined;
}

/**
 * Takes migrations back, all of it or nothing, and gives which, newest first. Only what they made is removed: a table or column that was
 * there before stays.
 *
 * @throws {MigrationRefusedError} where something would be discarded and `discard` is not set, or a newer release migrated.
 * @throws {InvalidSchemaNameError}
 * @throws {DatabaseError}
 * @throws {DatabaseUnavailableError}
 */
export function migrateDown({ to, discard = false, ...options }: MigrateDownOptions): Promise<readonly MigrationName[]> {
  return inMigration(options, async (sql, schema) => {
    const applied = [...(await readLedger(sql, schema)).keys()].reverse();
    const back = applied.filter((version, index) => (to === undefined ? index === 0 : version > to));
    if (discard) await sql.query("select set_config('restage.discard', 'on', true)");
    const taken: MigrationName[] = [];
    for (const version of back) taken.push(await takeBack(sql, schema, version));
    return taken;
  });
}
