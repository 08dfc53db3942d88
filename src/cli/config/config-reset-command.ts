import { findModel } from "../find-model.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { modelArgument, toWriteOptions, writeOptions } from "./setting-options.ts";
import { toSavedReport } from "./to-saved-report.ts";

/** `restage config reset`: deletes a model's stored config. */
export const configResetCommand = defineSettingsCommand({
  name: "config reset",
  summary: "Delete a model's stored config: every field is inherited again",
  args: [modelArgument],
  options: writeOptions,
  examples: [["restage config reset qwen-image-edit --project villa-12", "The project runs with everybody's config; its history stays"]],
  isWriting: true,
  plan({ args: [name = ""], options }) {
    const write = toWriteOptions(options);
    const { id: modelId } = findModel(name);
    return async (storage) => {
      const version = await storage.settings.resetConfig(modelId, write);
      return toSavedReport(storage, { setting: "config", modelId, projectId: write.projectId }, { version });
    };
  },
});
