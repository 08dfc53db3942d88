import { defineSettingsCommand } from "./define-settings-command.ts";
import { readVersion, toWriteOptions, writeOptions } from "./setting-options.ts";
import { settingArgument, toTarget } from "./setting-target.ts";
import { toSavedReport } from "./to-saved-report.ts";

/** `restage config rollback`: writes an old version of a setting again. */
export const configRollbackCommand = defineSettingsCommand({
  name: "config rollback",
  summary: "Restore an earlier version of a setting, as a new version",
  args: [settingArgument, { name: "VERSION", isRequired: true, description: "See `restage config history`" }],
  options: writeOptions,
  examples: [
    ["restage config rollback qwen-image-edit 3", "The config as it was in version 3"],
    ["restage config rollback active_model 1 --project villa-12", "The model that was first chosen for a project"],
  ],
  isWriting: true,
  plan({ args: [word = "", text = ""], options }) {
    const write = toWriteOptions(options);
    const target = toTarget(word, write.projectId);
    const version = readVersion("VERSION", text);
    return async (storage) => toSavedReport(storage, target, await storage.settings.rollback(target, version, write));
  },
});
