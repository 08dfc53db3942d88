import { defineSettingsCommand } from "../config/define-settings-command.ts";
import { modelArgument, toWriteOptions, writeOptions } from "../config/setting-options.ts";
import { toSavedReport } from "../config/to-saved-report.ts";
import { findModel } from "../find-model.ts";

/** `restage model use`: chooses the active model. */
export const modelUseCommand = defineSettingsCommand({
  name: "model use",
  summary: "Choose the model that runs where a request names none",
  args: [modelArgument],
  options: writeOptions,
  examples: [
    ['restage model use flux-kontext-pro --note "sharper windows"', "For everybody without a model of their own"],
    ["restage model use seedream-4 --project villa-12", "For one project"],
  ],
  isWriting: true,
  plan({ args: [name = ""], options }) {
    const write = toWriteOptions(options);
    const { id } = findModel(name);
    return async (storage) => {
      const saved = await storage.settings.setActive(id, write);
      return toSavedReport(storage, { setting: "active_model", projectId: write.projectId }, saved);
    };
  },
});
