import { defineSettingsCommand } from "../config/define-settings-command.ts";
import { formatOrigin } from "../config/field-table.ts";
import { projectOption } from "../config/setting-options.ts";
import { toHeading } from "../config/to-heading.ts";
import { describeModel } from "../describe-model.ts";
import { findModel } from "../find-model.ts";
import { toModelFacts } from "../model-facts.ts";
import { toTable } from "../table.ts";

/** `restage model show`: the active model. */
export const modelShowCommand = defineSettingsCommand({
  name: "model show",
  summary: "Show the active model, and who chose it",
  args: [],
  options: projectOption,
  examples: [["restage model show --project villa-12", "The model that runs for a project where a request names none"]],
  isWriting: false,
  plan:
    ({ options: { project: projectId } }) =>
    async ({ settings, place }) => {
      const active = await settings.active({ projectId });
      const model = findModel(active.modelId);
      const description = describeModel(model);
      return {
        json: { projectId: projectId ?? null, place, ...active, model: description },
        text: (style) =>
          [
            toHeading(model, projectId, place, style),
            description.description,
            toTable([["chosen", formatOrigin(active)], ...toModelFacts(description)]),
          ].join("\n"),
      };
    },
});
