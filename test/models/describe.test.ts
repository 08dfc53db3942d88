import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { AnyModel } from "../../src/model/model.ts";
import { getConfigSchema } from "../../src/models/get-config-schema.ts";
import { ModelId, registry } from "../../src/models/registry.ts";

const models: readonly AnyModel[] = registry.list();

describe.each(models.map((model) => [model.id as ModelId, model] as const))("the description of %s", (id, model) => {
  const description = registry.describe(id);

  it("is plain JSON with the fields of getConfigSchema and the model's own defaults", () => {
    expect(JSON.parse(JSON.stringify(description))).toStrictEqual(description);
    expect(description.fields).toEqual(getConfigSchema(id).fields);
    expect(Object.keys(description.defaults)).toEqual(Object.keys(model.config.fields));
    expect(model.config.parse(description.defaults).toMap()).toEqual(model.defaultConfig.toMap());
  });

  it("is taken by Ajv in strict mode, with keywords of its own, too", () => {
    const { jsonSchema, rjsf, jsonForms } = registry.describe(id, { extensionKeywords: true });
    for (const { schema } of [description.rjsf, description.jsonForms]) {
      expect(new Ajv({ strict: true }).compile(schema)(model.defaultConfig.toMap())).toBe(true);
    }
    for (const schema of [jsonSchema, rjsf.schema, jsonForms.schema]) {
      const ajv = new Ajv({ strict: true }).addVocabulary(["x-no-effect", "x-documented-limit", "x-published-on"]);
      expect(ajv.compile(schema)(model.defaultConfig.toMap())).toBe(true);
    }
  });

  it("has a title for every field, and every field once in each form", () => {
    const names = Object.keys(description.jsonSchema.properties).sort();
    for (const name of names) expect(description.jsonSchema.properties[name]?.title).toMatch(/^[A-Z]/);
    expect([...(description.rjsf.uiSchema["ui:order"] as string[])].sort()).toEqual(names);
    const scopes = [...JSON.stringify(description.jsonForms.uischema).matchAll(/#\/properties\/(\w+)/g)].map(([, name]) => name);
    expect(scopes.sort()).toEqual(names);
  });

  it("folds away exactly what is not sent", () => {
    const imageUrl = model.capabilities.takesPhoto ? "https://example.com/room.jpg" : undefined;
    const titles: string[] = [];
    for (const { name, type, default: start, options, max, no_effect } of description.fields) {
      const value = options?.find((option) => option !== start) ?? (type === "bool" ? !start : (max ?? 7));
      const config = model.defaultConfig.with({ [name]: value });
      const { input, warnings } = model.buildInput({ prompt: "Furnish it", imageUrl, config } as never);
      const isSent = Object.hasOwn(input, name);
      expect([name, no_effect === undefined]).toEqual([name, isSent]);
      if (isSent) continue;
      expect(warnings).toContainEqual(expect.objectContaining({ code: "no_effect", field: name }));
      expect(description.rjsf.uiSchema[name]).toEqual({ "ui:widget": "hidden", "ui:field": "NullField" });
      titles.push(description.jsonSchema.properties[name]?.title as string);
    }
    const text = description.rjsf.uiSchema["ui:description"] ?? "";
    expect(text).toMatch(titles.length > 0 ? new RegExp(`: ${titles.join(", ")}$`) : /^$/);
    expect(description.jsonForms.uischema.elements?.[1]?.elements?.length).toBe(titles.length > 0 ? titles.length + 1 : undefined);
  });

  it("shows every limit that is only documented", () => {
    const documented = Object.entries(model.published.inputs).filter(
      ([, rule]) => (rule as { documented?: object }).documented !== undefined,
    );
    for (const [name, rule] of documented) {
      const { reason } = (rule as { documented: { reason: string } }).documented;
      expect(description.jsonSchema.properties[name]?.description).toContain(reason);
    }
    expect(documented.length > 0).toBe(id.startsWith("black-forest-labs/"));
  });
});

it("says where a range comes from", () => {
  const { properties } = registry.describe(ModelId.Seedream4).jsonSchema;
  expect(properties.width?.description).toBe("Width in pixels, for size custom. Range as Replicate publishes it (2026-04-23)");
});
