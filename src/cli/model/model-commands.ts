import type { CommandGroup } from "../command.ts";
import { modelResetCommand } from "./model-reset-command.ts";
import { modelShowCommand } from "./model-show-command.ts";
import { modelUseCommand } from "./model-use-command.ts";

/** `restage model`. */
export const modelCommands: CommandGroup = {
  name: "model",
  summary: "Show or choose the active model",
  commands: [modelShowCommand, modelUseCommand, modelResetCommand],
};
