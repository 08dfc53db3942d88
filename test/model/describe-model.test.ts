import type { JsonSchema, UISchemaElement } from "@jsonforms/core";
import type { RJSFSchema, UiSchema } from "@rjsf/utils";
import { Ajv } from "ajv";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidModelError } from "../../src/errors/invalid-model-error.ts";
import { UnknownModelError } from "../../src/errors/unknown-model-error.ts";
import { defineConfig } from "../../src/model/define-config.ts";
import { defineModel } from "../../src/model/define-model.ts";
import type { ModelDescription } from "../../src/model/describe-model.ts";
import type { AnyModel } from "../../src/model/model.ts";
import type { PublishedField } from "../../src/model/published-input.ts";
import { createRegistry } from "../../src/model/registry.ts";

const LampConfig = defineConfig("LampConfig", () => ({
  shade: z.enum(["silk_white", "16:9"]).default("16:9").describe("Shade"),
  watts: z.int().min(1).max(60).default(40).describe("Power"),
  glow: z.number().min(0).max(2).default(0.5),
  hue: z.number().min(0).max(1).multipleOf(0.25).default(0.5),
  fine: z.number().min(0).max(1).multipleOf(0.1).default(0.3),
  pixels: z.int().min(512).max(4096).default(512),
  label: z.string().max(9).default("lamp"),
  isOn: z.boolean().default(true),
  tags: z
    .array(z.enum(["a_b", "c"]))
    .max(2)
    .default([]),
  seed: z.int().nullish(),
  scale: z.number().nullish(),
  note: z.string().nullish(),
  style: z.enum(["plain", "rich"]).nullish(),
  isWarm: z.boolean().nullish(),
  volts: z.int().min(1).max(9).default(5).describe("Pressure"),
}));

const inputs: Readonly<Record<string, PublishedField>> = {
  shade: { type: "string", enum: ["16:9", "silk_white"] },
  watts: { type: "integer", minimum: 10, maximum: 50, documented: { maximum: 45, reason: "The maker says that 45 is the most (2026)" } },
  glow: { type: "number", minimum: 0, maximum: 1, description: "How much it glows" },
  hue: { type: "number" },
  fine: { type: "number" },
  pixels: { type: "integer" },
  label: { type: "string" },
  isOn: { type: "boolean" },
  tags: { type: "array", items: { type: "string" } },
  seed: { type: "integer", nullable: true },
  scale: { type: "number" },
  note: { type: "string" },
  style: { type: "string", enum: ["plain"] },
  isWarm: { type: "boolean" },
};

const definition = {
  id: "acme/lamp",
  name: "Lamp",
  description: "Lights a room",
  settingsKey: "lamp",
  config: LampConfig,
  published: { asOf: "2026-01-01", promptKey: "text", image: { key: "photo", isArray: false, maximum: 1 }, inputs, output: "one" },
} as const;

/** The lamp, or one with other fields. */
function modelOf(fields?: Record<string, z.ZodType>, own = inputs): AnyModel {
  if (fields === undefined) return defineModel(definition);
  const published = { ...definition.published, inputs: own };
  return defineModel({ ...definition, config: defineConfig("OwnConfig", () => fields), published });
}

const describeLamp = (options?: { readonly extensionKeywords?: boolean }) => createRegistry([modelOf()]).describe("acme/lamp", options);
const lamp = describeLamp();
const propertyOf = (name: string) => lamp.jsonSchema.properties[name];

describe("a description", () => {
  it("says what the model is", () => {
    expect(lamp).toMatchObject({
      modelId: "acme/lamp",
      displayName: "Lamp",
      description: "Lights a room",
      lifecycle: { status: "active" },
    });
    expect(lamp.capabilities).toEqual(modelOf().capabilities);
    expect(lamp.fields).toEqual(modelOf().formFields());
    expect(lamp.defaults).toEqual({
      ...{ shade: "16:9", watts: 40, glow: 0.5, hue: 0.5, fine: 0.3, pixels: 512, label: "lamp", isOn: true, tags: [], volts: 5 },
      ...{ seed: null, scale: null, note: null, style: null, isWarm: null },
    });
  });

  it("is plain JSON of which nothing is shared with the model", () => {
    for (const description of [lamp, describeLamp({ extensionKeywords: true })])
      expect(JSON.parse(JSON.stringify(description))).toStrictEqual(description);
    const model = modelOf();
    (createRegistry([model]).describe("acme/lamp").capabilities as { takesPhoto: boolean }).takesPhoto = false;
    expect(model.capabilities.takesPhoto).toBe(true);
  });

  it("fits the types of the form libraries", () => {
    expectTypeOf<ModelDescription["rjsf"]["schema"]>().toExtend<RJSFSchema>();
    expectTypeOf<ModelDescription["rjsf"]["uiSchema"]>().toExtend<UiSchema>();
    expectTypeOf<ModelDescription["jsonForms"]["schema"]>().toExtend<JsonSchema>();
    expectTypeOf<ModelDescription["jsonForms"]["uischema"]>().toExtend<UISchemaElement>();
  });

  it("refuses an unknown model, listing the known ones", () => {
    expect(() => createRegistry([modelOf()]).describe("acme/none")).toThrow(UnknownModelError);
  });
});

describe("its JSON Schema", () => {
  it("is draft-07 of an object with every field and no other", () => {
    const { properties, ...schema } = lamp.jsonSchema;
    expect(schema).toStrictEqual({
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "Lamp",
      description: "Lights a room",
      type: "object",
      additionalProperties: false,
    });
    expect(Object.keys(properties)).toEqual(Object.keys(LampConfig.fields));
    expect(JSON.stringify(properties)).not.toMatch(/anyOf|\$ref|"enum"|90071992/);
  });

  it("labels the values of a closed list", () => {
    expect(propertyOf("shade")?.oneOf).toEqual([
      { const: "silk_white", title: "Silk white" },
      { const: "16:9", title: "16:9" },
    ]);
    expect(propertyOf("style")?.oneOf).toEqual([
      { const: "plain", title: "plain" },
      { const: null, title: "Unset" },
    ]);
    expect(propertyOf("isWarm")?.oneOf?.map(({ title }) => title)).toEqual(["On", "Off", "Unset"]);
    expect(propertyOf("tags")?.items).toEqual({
      type: "string",
      oneOf: [
        { const: "a_b", title: "A b" },
        { const: "c", title: "c" },
      ],
    });
  });

  it("says where limits come from, which are documented only, and what has no effect", () => {
    expect(propertyOf("watts")).toMatchObject({ minimum: 10, maximum: 50 });
    expect(propertyOf("watts")?.description).toBe(
      "Power. Range as Replicate publishes it (2026-01-01). The maker says that 45 is the most (2026)",
    );
    expect(propertyOf("glow")?.description).toBe("How much it glows. Range as Replicate publishes it (2026-01-01)");
    expect(propertyOf("volts")?.description).toBe(
      "Pressure. Not among the inputs that Replicate publishes (2026-01-01): not sent, no effect",
    );
    // Nothing that the title says already.
    expect(propertyOf("shade")).not.toHaveProperty("description");
  });

  it("keeps steps that validators check rightly", () => {
    expect(propertyOf("hue")).toHaveProperty("multipleOf", 0.25);
    expect(propertyOf("fine")).not.toHaveProperty("multipleOf");
    expect(lamp.fields.find(({ name }) => name === "fine")).toHaveProperty("step", 0.1);
  });

  it("has keywords of its own only when asked", () => {
    expect(JSON.stringify(lamp)).not.toContain('"x-');
    const { properties } = describeLamp({ extensionKeywords: true }).jsonSchema;
    expect(properties.watts).toMatchObject({ "x-documented-limit": inputs.watts?.documented, "x-published-on": "2026-01-01" });
    expect(properties.volts).toMatchObject({ "x-no-effect": expect.stringContaining("not sent") });
    expect(properties.volts).not.toHaveProperty("x-published-on");
    expect(properties.watts).not.toHaveProperty("x-no-effect");
  });

  it("is taken by Ajv in strict mode, and with keywords of its own where these are allowed", () => {
    const strict = { strict: true, allErrors: true } as const;
    for (const { schema } of [lamp.rjsf, lamp.jsonForms]) expect(new Ajv(strict).validateSchema(schema)).toBe(true);
    expect(new Ajv(strict).compile(lamp.jsonForms.schema)(modelOf().defaultConfig.toMap())).toBe(true);
    const { jsonSchema } = describeLamp({ extensionKeywords: true });
    expect(() => new Ajv(strict).compile(jsonSchema)).toThrow(/unknown keyword/);
    const open = new Ajv(strict).addVocabulary(["x-no-effect", "x-documented-limit", "x-published-on"]);
    expect(open.compile(jsonSchema)(lamp.defaults)).toBe(true);
  });
});

it("says no range to be published that is not, and one full stop after another", () => {
  const rule = { type: "integer", minimum: 1, maximum: 9, documented: { maximum: 8, reason: "Rather 8." } } as const;
  const fields = {
    lower: z.int().min(1).max(5).default(1),
    upper: z.int().min(2).max(9).default(2),
    both: z.int().min(1).max(9).default(1).describe("Both."),
  };
  const { jsonSchema, fields: list } = createRegistry([
    modelOf(fields, { lower: rule, upper: { ...rule, description: "Published" }, both: rule }),
  ]).describe("acme/lamp");
  expect(Object.values(jsonSchema.properties).map(({ description }) => description)).toEqual([
    "Rather 8.",
    "Published. Rather 8.",
    "Both. Range as Replicate publishes it (2026-01-01). Rather 8.",
  ]);
  expect(list.map(({ description }) => description)).toEqual(["", "Published", "Both."]);
});

it("has sliders only where they reach every value and are right", () => {
  const fields = { off: z.int().min(1).max(10).multipleOf(5).default(5), zero: z.int().min(0).max(9).default(1) };
  const { rjsf, jsonForms } = createRegistry([modelOf(fields, { off: { type: "integer" }, zero: { type: "integer" } })]).describe(
    "acme/lamp",
  );
  expect([rjsf.uiSchema.off, rjsf.uiSchema.zero]).toEqual([{}, { "ui:widget": "range" }]);
  expect(JSON.stringify(jsonForms.uischema)).not.toContain("slider");
});

it("offers no published value out of the range of the class, and each once", () => {
  const { fields } = createRegistry([
    modelOf({ size: z.int().min(1).max(9).default(4) }, { size: { type: "integer", enum: [2, 4, 16] } }),
  ]).describe("acme/lamp");
  expect(fields[0]?.options).toEqual([2, 4]);
});

describe("its form for react-jsonschema-form", () => {
  it("gives every kind of field what it needs", () => {
    expect(lamp.rjsf.schema).toEqual(lamp.jsonSchema);
    const { "ui:order": order, "ui:description": text, ...hints } = lamp.rjsf.uiSchema;
    expect(order).toEqual([
      ...["shade", "watts", "glow", "hue", "fine", "pixels", "label", "isOn", "tags"],
      ...["seed", "scale", "note", "style", "isWarm"],
      "volts",
    ]);
    expect(text).toBe("Lights a room. Not shown, since not sent and without effect: Volts");
    expect(hints).toEqual({
      shade: {},
      watts: { "ui:widget": "range" },
      glow: {},
      hue: { "ui:widget": "range" },
      fine: {},
      pixels: {},
      label: { "ui:emptyValue": "" },
      isOn: {},
      tags: {},
      seed: { "ui:emptyValue": null, "ui:options": { inputType: "number" } },
      scale: { "ui:emptyValue": null },
      note: { "ui:emptyValue": null },
      style: {},
      isWarm: { "ui:widget": "select" },
      volts: { "ui:widget": "hidden", "ui:field": "NullField" },
    });
  });
});

describe("its form for JSON Forms", () => {
  it("groups the fields, and folds away what has no effect", () => {
    const { uischema } = lamp.jsonForms;
    const [effective, idle] = uischema.elements ?? [];
    expect([uischema.type, effective?.label, idle?.label]).toEqual(["Categorization", "With effect", "No effect on this model"]);
    expect(effective?.elements?.map(({ label, elements }) => [label, elements?.length])).toEqual([
      ["Settings", 9],
      ["Optional", 5],
    ]);
    const [settings] = effective?.elements ?? [];
    expect(settings?.elements?.filter(({ options }) => options?.slider).map(({ scope }) => scope)).toEqual(["#/properties/watts"]);
    expect(idle?.elements).toEqual([
      { type: "Label", text: "The model publishes no such inputs: they are not sent." },
      { type: "Control", scope: "#/properties/volts", options: { showUnfocusedDescription: true, slider: true, readonly: true } },
    ]);
  });

  it("has no category where every field has an effect", () => {
    const model = modelOf({ watts: z.int().min(1).max(60).default(40) });
    const { jsonForms, rjsf } = createRegistry([model]).describe("acme/lamp");
    expect(jsonForms.uischema).toMatchObject({ type: "VerticalLayout", elements: [{ type: "Group", label: "Settings" }] });
    expect(rjsf.uiSchema).not.toHaveProperty("ui:description");
  });

  it("leaves null to the empty option that JSON Forms adds", () => {
    const { style, isWarm, seed } = lamp.jsonForms.schema.properties;
    expect(style).toEqual({ type: ["string", "null"], title: "Style", oneOf: [{ const: "plain", title: "plain" }] });
    expect(isWarm?.oneOf).toHaveLength(2);
    expect(seed).toEqual(propertyOf("seed"));
  });
});

describe("a model that has no form", () => {
  const problemsOf = (fields: Record<string, z.ZodType>, published: Readonly<Record<string, PublishedField>> = {}) => {
    const model = modelOf(fields, published);
    const errors = [() => createRegistry([model]).describe("acme/lamp"), () => model.formFields()].map((action) => {
      try {
        return action();
      } catch (error) {
        return error;
      }
    });
    expect(errors[1]).toEqual(errors[0]);
    const [error] = errors;
    if (!InvalidModelError.is(error) && !InvalidConfigError.is(error)) throw error;
    return [error.code, ...error.problems.map(({ field, message }) => `${field} ${message}`)];
  };

  it("names the fields that are its prompt or photo", () => {
    expect(problemsOf({ text: z.string().default(""), photo: z.string().default(""), watts: z.int().default(1) })).toEqual([
      "invalid_model",
      "config.text is the prompt or the photo; leave it out",
      "config.photo is the prompt or the photo; leave it out",
    ]);
  });

  it("names the fields whose default the model refuses, or of which it takes nothing", () => {
    const fields = { watts: z.int().default(100), shade: z.enum(["silk"]).nullish(), glow: z.int().default(1) };
    expect(problemsOf(fields, { watts: { type: "integer", maximum: 50 }, shade: { type: "string", enum: ["wool"] } })).toEqual([
      "invalid_model",
      "config.watts starts from what the model refuses: must be 50 or less",
      "config.shade has no value that the model takes",
    ]);
  });

  it("names the fields that no form can show", () => {
    expect(
      problemsOf({ when: z.date().nullish(), size: z.string().transform(Number).nullish() }).map((text) => text.split(" ")[0]),
    ).toEqual(["invalid_config", "when", "size"]);
    expect(problemsOf({ bad: z.date().default(() => 1 as never) })).toEqual(["invalid_config", expect.stringContaining("bad has no form")]);
    expect(problemsOf({})).toEqual(["invalid_config", "fields are none; a config needs at least one"]);
  });
});
