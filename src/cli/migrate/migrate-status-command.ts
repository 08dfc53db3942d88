import { migrationStatus } from "../../stores/postgres/migration-status.ts";
import { defineMigrateCommand, schemaOption } from "./define-migrate-command.ts";
import { toStatusText } from "./migrate-text.ts";

/** `restage migrate status`: what was applied. */
export const migrateStatusCommand = defineMigrateCommand({
  name: "migrate status",
  summary: "Show which migrations were applied, and when; changes nothing",
  options: schemaOption,
  examples: [["restage migrate status", "Before and after `restage migrate up`"]],
  migrate: migrationStatus,
  toText: toStatusText,
});
