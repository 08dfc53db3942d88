import { formatUsd } from "../model/price.ts";
import { registry } from "../models/registry.ts";
import { defineCommand } from "./command.ts";
import { describeFields, describeModel, type FieldDescription, type ModelDescription } from "./describe-model.ts";
import { findModel } from "./find-model.ts";
import { formatDuration } from "./format.ts";
import { toModelFacts } from "./model-facts.ts";
import { toTable } from "./table.ts";
import type { Style } from "./terminal.ts";

/** `restage models`: the models, or the config fields of one. */
export const modelsCommand = defineCommand({
  name: "models",
  summary: "List the models, or the config fields of one",
  args: [{ name: "MODEL", isRequired: false, description: "The id of a model, or its part behind the slash" }],
  options: {},
  examples: [
    ["restage models", "What there is, what it costs and how long it takes"],
    ["restage models flux-kontext-pro", "What can be set, for `restage stage --set field=value`"],
    ["restage models --json", "The same for programs; prices in millionths of a US dollar"],
  ],
  async run({ args: [name], options, terminal }) {
    if (name === undefined) {
      const models = registry.list().map(describeModel);
      terminal.print(options.json ? JSON.stringify(models, null, 2) : toModelList(models, terminal.style));
      return 0;
    }
    const model = findModel(name);
    const [description, fields] = [describeModel(model), describeFields(model)];
    terminal.print(options.json ? JSON.stringify({ ...description, fields }, null, 2) : toModelText(description, fields, terminal.style));
    return 0;
  },
});

function toModelList(models: readonly ModelDescription[], { dim }: Style): string {
  const heading = ["MODEL", "NAME", "PHOTO", "PRICE", "TIME", "STATUS"].map(dim);
  const rows = models.map((model) => [
    model.id,
    model.name,
    model.takesPhoto ? "yes" : "no",
    formatUsd(model.price?.microUsd ?? null),
    formatDuration(model.usualDurationMs),
    [model.lifecycle.status, ...(model.isDefault ? ["default"] : [])].join(", "),
  ]);
  const reasons = models.filter(({ canStage }) => !canStage).map((model) => `${model.id} ${whyNot(model)}`);
  return [
    toTable([heading, ...rows], [3, 4]),
    ...reasons,
    dim("Price of one image (public lists) and usual time. `restage models MODEL` tells more, and what can be set."),
  ].join("\n\n");
}

function whyNot({ whyItCannotStage }: ModelDescription): string {
  return `cannot stage a photo:\n${whyItCannotStage.map((reason) => `  - ${reason}`).join("\n")}`;
}

function toModelText(model: ModelDescription, fields: readonly FieldDescription[], { bold, dim }: Style): string {
  const rows = fields
    .filter(({ hasEffect }) => hasEffect)
    .flatMap((field) => [
      [`  ${bold(field.name)}`, `${field.type}${toLegal(field)}, ${field.default === null ? "unset" : `default ${field.default}`}`],
      ...(field.options === undefined ? [] : [["", `one of ${field.options.join(" ")}`]]),
      ["", dim(field.description)],
    ]);
  const without = fields.filter(({ hasEffect }) => !hasEffect).map(({ name }) => name);
  return [
    `${bold(model.name)}${model.isDefault ? " (default)" : ""}  ${dim(model.id)}\n${model.description}`,
    toTable(toModelFacts(model)),
    ...(model.canStage ? [] : [`It ${whyNot(model)}`]),
    `Config fields\n${toTable(rows)}`,
    ...(without.length === 0 ? [] : [`No effect on this model, which publishes no such input, so not sent: ${without.join(", ")}`]),
  ].join("\n\n");
}

function toLegal({ options, min, max }: FieldDescription): string {
  if (options !== undefined) return "";
  if (min !== undefined && max !== undefined) return `, ${min} to ${max}`;
  return min === undefined ? (max === undefined ? "" : `, at most ${max}`) : `, at least ${min}`;
}
