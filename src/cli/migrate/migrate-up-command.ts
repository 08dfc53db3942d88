import { migrate } from "../../stores/postgres/migrate.ts";
import { defineMigrateCommand, schemaOption } from "./define-migrate-command.ts";
import { toUpText } from "./migrate-text.ts";

/** `restage migrate up`: makes the tables. */
export const migrateUpCommand = defineMigrateCommand({
  name: "migrate up",
  summary: "Make what is missing in the database; what admins set stays as it is",
  options: schemaOption,
  examples: [["restage migrate up", "May run in many processes at once, and again and again"]],
  migrate,
  toText: toUpText,
});
