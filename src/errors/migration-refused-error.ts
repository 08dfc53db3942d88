import { RestageError } from "./restage-error.ts";

/** Migrating down would discard what people made, or does not know how. Nothing was changed. */
export class MigrationRefusedError extends RestageError {
  static override readonly code = "migration_refused";
}
