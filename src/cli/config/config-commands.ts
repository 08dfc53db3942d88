import type { CommandGroup } from "../command.ts";
import { configAuditCommand } from "./config-audit-command.ts";
import { configExplainCommand } from "./config-explain-command.ts";
import { configExportCommand } from "./config-export-command.ts";
import { configGetCommand } from "./config-get-command.ts";
import { configHistoryCommand } from "./config-history-command.ts";
import { configImportCommand } from "./config-import-command.ts";
import { configResetCommand } from "./config-reset-command.ts";
import { configRollbackCommand } from "./config-rollback-command.ts";
import { configSetCommand } from "./config-set-command.ts";
import { configTrailCommand } from "./config-trail-command.ts";

/** `restage config`. */
export const configCommands: CommandGroup = {
  name: "config",
  summary: "Read and change the stored settings: configs, history, rollback, audit",
  commands: [
    configGetCommand,
    configSetCommand,
    configResetCommand,
    configHistoryCommand,
    configRollbackCommand,
    configExplainCommand,
    configAuditCommand,
    configExportCommand,
    configImportCommand,
    configTrailCommand,
  ],
};
