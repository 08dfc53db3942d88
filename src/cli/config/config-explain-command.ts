import { registry } from "../../models/registry.ts";
import type { Explanation } from "../../settings/explain-settings.ts";
import { findModel } from "../find-model.ts";
import { modelOrigins, toWarningLine } from "../plan-text.ts";
import type { Style } from "../terminal.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { formatOrigin, toFieldTable } from "./field-table.ts";
import { projectOption } from "./setting-options.ts";
import { toHeading } from "./to-heading.ts";

/** `restage config explain`: why a staging would run which model with which values. */
export const configExplainCommand = defineSettingsCommand({
  name: "config explain",
  summary: "Tell which model would run with which values, and why",
  args: [],
  options: {
    ...projectOption,
    model: { type: "string", placeholder: "MODEL", description: "As if a request named this model; default: the active one" },
  },
  examples: [
    ["restage config explain", "What runs where a request names no model"],
    ["restage config explain --project villa-12", "The same for a project"],
  ],
  isWriting: false,
  plan({ options: { project: projectId, model } }) {
    const modelId = model === undefined ? undefined : findModel(model).id;
    return async ({ settings, place }) => {
      const explanation = await settings.explain({ projectId, modelId });
      return { json: { ...explanation, place }, text: (style) => toText(explanation, place, style) };
    };
  },
});

function toText(
  { modelId, modelOrigin, modelVersion, projectId, pause, fields, warnings }: Explanation,
  place: string,
  style: Style,
): string {
  return [
    toHeading(registry.lookup(modelId), projectId ?? undefined, place, style),
    `Chosen: ${modelOrigins[modelOrigin] ?? modelOrigin}${modelVersion === null ? "" : ` (${formatOrigin({ origin: modelOrigin, version: modelVersion })})`}`,
    ...(pause === null
      ? []
      : [`${style.yellow("Paused")} (${pause.scope}) since ${pause.since} by ${pause.author?.name ?? "unknown"}: ${pause.reason}`]),
    toFieldTable(fields, style),
    ...(warnings.length === 0 ? [] : [warnings.map((warning) => toWarningLine(warning, style)).join("\n")]),
  ].join("\n\n");
}
