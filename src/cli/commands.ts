import { adminCommand } from "./admin-command.ts";
import { budgetCommands } from "./budget/budget-commands.ts";
import type { Command, CommandGroup } from "./command.ts";
import { configCommands } from "./config/config-commands.ts";
import { costsCommands } from "./costs/costs-commands.ts";
import { demoCommand } from "./demo-command.ts";
import { migrateCommands } from "./migrate/migrate-commands.ts";
import { modelCommands } from "./model/model-commands.ts";
import { modelsCommand } from "./models-command.ts";
import { runsCommands } from "./runs/runs-commands.ts";
import { stageCommand } from "./stage-command.ts";

/** Every command of the command line. */
export const commands: readonly (Command | CommandGroup)[] = [
  modelsCommand,
  stageCommand,
  demoCommand,
  configCommands,
  modelCommands,
  runsCommands,
  costsCommands,
  budgetCommands,
  adminCommand,
  migrateCommands,
];
