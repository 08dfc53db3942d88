import { MigrationRefusedError } from "../../errors/migration-refused-error.ts";
import type { MigrationName } from "./migration-options.ts";
import { migrations } from "./migrations/migrations.ts";
import type { SqlQuery } from "./sql.ts";

/**
 * Takes one migration back.
 * @throws {MigrationRefusedError}
 */
export async function takeBack(sql: SqlQuery, schema: string, version: number): Promise<MigrationName> {
  const migration = migrations.find((known) => known.version === version);
  if (migration === undefined) {
    throw new MigrationRefusedError(`A newer release of restage made migration ${version}: take it back with that release`);
  }
  for (const statement of migration.down(schema)) await sql.query(statement);
  return { version, name: migration.name };
}
