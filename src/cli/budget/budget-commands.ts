import type { CommandGroup } from "../command.ts";
import { budgetListCommand } from "./budget-list-command.ts";
import { budgetRemoveCommand } from "./budget-remove-command.ts";
import { budgetSetCommand } from "./budget-set-command.ts";

/** `restage budget`. */
export const budgetCommands: CommandGroup = {
  name: "budget",
  summary: "Show, set or remove budgets",
  commands: [budgetListCommand, budgetSetCommand, budgetRemoveCommand],
};
