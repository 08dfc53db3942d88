import { describe, expect, it } from "vitest";
import type { FormField } from "../../src/model/form.ts";
import type { AnyModel } from "../../src/model/model.ts";
import { formatUsd } from "../../src/model/price.ts";
import { getConfigSchema } from "../../src/models/get-config-schema.ts";
import { defaultModelId, ModelId, registry } from "../../src/models/registry.ts";
import { readText } from "./code-block.ts";
import { type Row, readTable } from "./markdown-table.ts";

const models: readonly AnyModel[] = registry.list();
const byId = (rows: readonly Row[], heading: string) => new Map(rows.map((row) => [row[heading]?.replace(/ .*/, ""), row]));
const seconds = ({ usualDurationMs }: AnyModel) => `${usualDurationMs / 1000} s`;

describe("README's table of models", () => {
  const rows = readTable("README.md", "Models");
  const priceHeading = Object.keys(rows[0] ?? {}).find((heading) => heading.startsWith("Price")) ?? "";

  it("has every model, the default one first and marked", () => {
    expect([...byId(rows, "Model").keys()].sort()).toEqual(models.map(({ id }) => id).sort());
    expect(rows[0]?.Model).toBe(`${defaultModelId} (default)`);
  });

  it.each(models)("$id as the code has it", (model) => {
    const row = byId(rows, "Model").get(model.id);
    const isRetired = model.lifecycle.status === "retired";
    expect(row?.["Takes a photo"]).toBe(`${model.capabilities.takesPhoto ? "yes" : "no"}${isRetired ? "; retired" : ""}`);
    expect(row?.[priceHeading]).toBe(formatUsd(model.price?.microUsd ?? null));
    expect(row?.["Usual time"]).toBe(seconds(model));
    expect(priceHeading).toContain(`(${model.price?.asOf})`);
  });
});

describe("the registry's tables", () => {
  const names = Object.entries(ModelId);
  const builtIn = byId(readTable("docs/model-registry.md", "The built-in models"), "Id");
  const published = byId(readTable("docs/model-registry.md", "What the models publish"), "Id");

  it("have every model and no other", () => {
    const ids = models.map(({ id }) => id).sort();
    expect([...builtIn.keys()].sort()).toEqual(ids);
    expect([...published.keys()].sort()).toEqual(ids);
  });

  it.each(models)("$id as the code has it", (model) => {
    const { image, isImageRequired } = model.published;
    const photos = image === null ? "no" : `${image.maximum === 1 ? "1" : `up to ${image.maximum}`}${isImageRequired ? ", required" : ""}`;
    expect(builtIn.get(model.id)).toEqual({
      Id: model.id,
      "Name in ModelId": names.find(([, id]) => id === model.id)?.[0],
      "Config class": model.config.configName,
      "Settings key": model.settingsKey,
      "Takes a photo": photos,
      Seed: model.capabilities.takesSeed ? "yes" : "no",
      Output: model.capabilities.output,
      "Price per image": formatUsd(model.price?.microUsd ?? null),
      "Usual time": seconds(model),
      State: model.lifecycle.status,
    });
    expect(published.get(model.id)).toEqual({
      Id: model.id,
      Prompt: model.published.promptKey,
      Photo: toPhoto(model),
      "Read on": model.published.asOf,
    });
  });
});

function toPhoto({ published: { image, isImageRequired } }: AnyModel): string {
  if (image === null) return "none";
  if (image.isArray) return `${image.key}: an array of up to ${image.maximum} addresses`;
  return `${image.key}: one address, ${isImageRequired ? "required" : "optional"}`;
}

describe("the tables of config fields", () => {
  it.each(models)("$id as the code has it", (model) => {
    const offered = getConfigSchema(model.id as ModelId).fields;
    const expected = model.config.schema().fields.map((field: FormField) => {
      const form = offered.find(({ name }) => name === field.name);
      if (form === undefined) throw new Error(`${field.name} is missing in the form`);
      const [allows, offers] = [toLegal(field), toLegal(form)];
      return {
        Field: field.name,
        Type: `${field.type}${field.required ? "" : ", optional"}`,
        Default: form.default === null ? "unset" : String(form.default),
        "Class allows": allows,
        "Form offers": offers === allows ? "the same" : offers,
        Sent: Object.hasOwn(model.published.inputs, field.name) ? "yes" : "no",
      };
    });
    expect(readTable("docs/model-settings.md", model.id)).toEqual(expected);
  });

  it("tell every limit that is only documented", () => {
    const text = readText("docs/model-settings.md");
    for (const { id, published } of models) {
      const section = text.split(`\n### ${id}\n`)[1]?.split(/\n##/)[0];
      for (const [name, { documented }] of Object.entries<AnyModel["published"]["inputs"][string]>(published.inputs)) {
        if (documented === undefined) continue;
        expect(section, id).toContain(`\`${name}\``);
        expect(section, id).toMatch(new RegExp(`\\b${documented.maximum}\\b`));
      }
    }
  });

  it("name every stored document", () => {
    const keys = readTable("docs/model-settings.md", "Stored settings").flatMap(({ Key = "" }) => Key.split(", "));
    expect(keys).toEqual(expect.arrayContaining(models.map(({ settingsKey }) => `model_config_${settingsKey}`)));
  });
});

function toLegal({ options, min, max }: FormField): string {
  if (options !== undefined) return options.join(", ");
  return min === undefined ? "any" : `${min} to ${max}`;
}
