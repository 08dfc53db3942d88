import { detach } from "../../stores/postgres/detach.ts";
import { defineMigrateCommand, schemaOption } from "./define-migrate-command.ts";
import { toDetachText } from "./migrate-text.ts";

/** `restage migrate detach`: takes the triggers off the shared table. */
export const migrateDetachCommand = defineMigrateCommand({
  name: "migrate detach",
  summary: "Take the triggers off the table settings, and leave all data",
  options: schemaOption,
  examples: [["restage migrate detach", "What other programs write is recorded no more, until `restage migrate up`"]],
  migrate: detach,
  toText: toDetachText,
});
