import { defineSettingsCommand } from "./define-settings-command.ts";
import { outputOptions, toDocumentReport } from "./to-document-report.ts";

/** `restage config export`: everything that is stored now. */
export const configExportCommand = defineSettingsCommand({
  name: "config export",
  summary: "Write all settings, of all projects, as one JSON document",
  args: [],
  options: outputOptions,
  examples: [["restage config export --out settings.json", "For `restage config import`, here or in another database"]],
  isWriting: false,
  plan:
    ({ options }) =>
    async ({ settings, place }) => {
      const json = await settings.export();
      const { length: count } = json.documents;
      return toDocumentReport({ json, text: JSON.stringify(json, null, 2), noun: "setting", count, place }, options);
    },
});
