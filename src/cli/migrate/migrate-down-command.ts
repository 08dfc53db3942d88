import { migrateDown } from "../../stores/postgres/migrate-down.ts";
import { readVersion } from "../config/setting-options.ts";
import { defineMigrateCommand, schemaOption } from "./define-migrate-command.ts";
import { toDownText } from "./migrate-text.ts";

/** `restage migrate down`: takes migrations back. */
export const migrateDownCommand = defineMigrateCommand({
  name: "migrate down",
  summary: "Take the newest migration back, or all after one",
  options: {
    ...schemaOption,
    to: { type: "string", placeholder: "VERSION", description: "Take back all after this one; 0: all. Default: one" },
    discard: { type: "boolean", description: "Discard settings, history and runs where they are in the way" },
  },
  examples: [
    ["restage migrate down", "One back; refused where it would discard something"],
    ["restage migrate down --to 0 --discard", "All, with everything that was kept"],
  ],
  migrate: (database, { options: { to, discard } }) =>
    migrateDown({ ...database, to: to === undefined ? undefined : readVersion("--to", to), discard }),
  toText: toDownText,
});
