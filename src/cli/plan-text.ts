import type { Plan } from "../client/plan.ts";
import { formatUsd } from "../model/price.ts";
import type { Origin, Warning } from "../model/warning.ts";
import { registry } from "../models/registry.ts";
import { formatBytes, formatCount } from "./format.ts";
import { toTable } from "./table.ts";
import type { Style } from "./terminal.ts";

/** Where a value came from, for people. */
export const originWords: Readonly<Record<Origin, string>> = {
  request: "you set it",
  experiment: "experiment",
  project: "the project's config",
  global: "stored config",
  default: "default",
  drawn: "drawn anew for each run",
  budget: "a budget near its limit",
};

/** Who chose a model, for people. */
export const modelOrigins: Partial<Record<Origin, string>> = {
  request: "you chose it",
  project: "the project's active model",
  global: "the active model",
  default: "the default, as nobody chose one",
  budget: "a cheaper one, as a budget is near its limit",
};

/** A plan for people. */
export function toPlanText(plan: Plan, photo: string, { bold, dim }: Style): string {
  const { modelId, modelOrigin, prompt, estimate } = plan;
  const { name, published } = registry.lookup(modelId);
  const what = [prompt.mode, prompt.room, prompt.style].filter(Boolean).join(", ");
  const inputs = Object.entries(plan.input)
    .filter(([key]) => key !== published.promptKey)
    .map(([key, value]) => {
      const isPhoto = key === published.image?.key;
      const origin = plan.origins[key];
      return [`  ${key}`, isPhoto ? toPhotoText(plan, photo) : JSON.stringify(value), isPhoto ? "" : dim(originWords[origin ?? "request"])];
    });
  const warnings = plan.warnings.map(({ field, reason, wayOut }) => `  ${field}: ${reason}. ${wayOut}`);
  return [
    `${bold(name)} ${dim(modelId)}: ${modelOrigins[modelOrigin] ?? modelOrigin}`,
    `${bold("Prompt")} ${dim(`${what} · wording ${prompt.version}`)}\n${prompt.text.replace(/^/gm, "  ")}`,
    `${bold("Input")}\n${toTable(inputs)}`,
    ...(warnings.length === 0 ? [] : [`${bold("Warnings")}\n${warnings.join("\n")}`]),
    `${bold("Estimate")}\n  ${plan.price?.per === "second" ? "usually" : "at most"} ${formatUsd(estimate.microUsd)} for ${formatCount(estimate.outputs, "image")}${estimate.priceVersion === null ? "" : ` (prices of ${estimate.priceVersion})`}`,
    "Nothing was sent.",
  ].join("\n\n");
}

/** A warning in one line. */
export function toWarningLine({ severity, field, reason, wayOut }: Warning, { yellow }: Style): string {
  return `${yellow(`${severity}:`)} ${field}: ${reason}. ${wayOut}`;
}

function toPhotoText({ photo: record }: Plan, photo: string): string {
  // A data URL would fill the screen.
  const shown = photo.length > 200 ? `${photo.slice(0, 40)}…` : photo;
  if (record?.source !== "bytes") return JSON.stringify(shown);
  return `${shown} (${record.contentType}, ${formatBytes(record.byteLength ?? 0)}), uploaded when it is sent`;
}
