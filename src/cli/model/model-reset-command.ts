import { defineSettingsCommand } from "../config/define-settings-command.ts";
import { toWriteOptions, writeOptions } from "../config/setting-options.ts";
import { toSavedReport } from "../config/to-saved-report.ts";

/** `restage model reset`: takes the choice of a model away. */
export const modelResetCommand = defineSettingsCommand({
  name: "model reset",
  summary: "Take the choice away: a project inherits the global one, everybody the default",
  args: [],
  options: writeOptions,
  examples: [["restage model reset --project villa-12", "The project runs what everybody runs"]],
  isWriting: true,
  plan({ options }) {
    const write = toWriteOptions(options);
    return async (storage) => {
      const version = await storage.settings.resetActive(write);
      return toSavedReport(storage, { setting: "active_model", projectId: write.projectId }, { version });
    };
  },
});
