import type { CommandGroup } from "../command.ts";
import { migrateDetachCommand } from "./migrate-detach-command.ts";
import { migrateDownCommand } from "./migrate-down-command.ts";
import { migratePrintCommand } from "./migrate-print-command.ts";
import { migrateStatusCommand } from "./migrate-status-command.ts";
import { migrateUpCommand } from "./migrate-up-command.ts";

/** `restage migrate`. */
export const migrateCommands: CommandGroup = {
  name: "migrate",
  summary: "Make, check and take back the tables in your database",
  commands: [migrateUpCommand, migrateStatusCommand, migrateDetachCommand, migrateDownCommand, migratePrintCommand],
};
