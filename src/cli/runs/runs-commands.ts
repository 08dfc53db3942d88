import type { CommandGroup } from "../command.ts";
import { runsConcludeCommand } from "./runs-conclude-command.ts";
import { runsListCommand } from "./runs-list-command.ts";
import { runsResumeCommand } from "./runs-resume-command.ts";
import { runsShowCommand } from "./runs-show-command.ts";

/** `restage runs`. */
export const runsCommands: CommandGroup = {
  name: "runs",
  summary: "Show stagings, bring home what was cut, conclude what nobody knows",
  commands: [{ ...runsListCommand, name: "runs" }, runsListCommand, runsShowCommand, runsResumeCommand, runsConcludeCommand],
};
