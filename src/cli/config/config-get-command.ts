import { findModel } from "../find-model.ts";
import { toWarningLine } from "../plan-text.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { toFieldTable } from "./field-table.ts";
import { modelArgument, projectOption } from "./setting-options.ts";
import { toHeading } from "./to-heading.ts";

/** `restage config get`: a model's config as a staging would use it. */
export const configGetCommand = defineSettingsCommand({
  name: "config get",
  summary: "Show a model's config, and where each value comes from",
  args: [modelArgument],
  options: projectOption,
  examples: [
    ["restage config get qwen-image-edit", "The global config, over the model's defaults"],
    ["restage config get flux-kontext-pro --project villa-12", "The same as this project sees it"],
  ],
  isWriting: false,
  plan({ args: [name = ""], options: { project: projectId } }) {
    const model = findModel(name);
    return async ({ settings, place }) => {
      const { fields, versions, warnings } = await settings.config(model.id, { projectId });
      return {
        json: { modelId: model.id, projectId: projectId ?? null, place, versions, fields, warnings },
        text: (style) =>
          [
            toHeading(model, projectId, place, style),
            toFieldTable(fields, style),
            ...warnings.map((warning) => toWarningLine(warning, style)),
          ].join("\n\n"),
      };
    };
  },
});
