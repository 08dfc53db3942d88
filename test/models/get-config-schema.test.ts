import { describe, expect, it } from "vitest";
import { UnknownModelError } from "../../src/errors/unknown-model-error.ts";
import { checkPublished } from "../../src/model/check-published.ts";
import { defineModel } from "../../src/model/define-model.ts";
import { getConfigSchema } from "../../src/models/get-config-schema.ts";
import { qwenImageEdit } from "../../src/models/qwen-image-edit.ts";
import { ModelId, registry } from "../../src/models/registry.ts";

const fieldOf = (modelId: ModelId, name: string) => getConfigSchema(modelId).fields.find((field) => field.name === name);

describe("getConfigSchema", () => {
  it.each([
    [ModelId.QwenImageEdit, "Qwen Image Edit"],
    [ModelId.FluxKontextMax, "Flux Kontext Max"],
    [ModelId.FluxKontextPro, "Flux Kontext Pro"],
    [ModelId.Seedream3, "Seedream 3"],
    [ModelId.Seedream4, "Seedream 4"],
  ])("of %s has its id and the name %s", (modelId, displayName) => {
    const schema = getConfigSchema(modelId);
    expect(Object.keys(schema)).toEqual(["model_id", "display_name", "fields"]);
    expect(schema.model_id).toBe(modelId);
    expect(schema.display_name).toBe(displayName);
    expect(JSON.parse(JSON.stringify(schema))).toStrictEqual(schema);
  });

  it("writes a field as the Go service does, letter by letter", () => {
    for (const modelId of [ModelId.FluxKontextMax, ModelId.FluxKontextPro]) {
      expect(JSON.stringify(fieldOf(modelId, "safety_tolerance"))).toBe(
        '{"name":"safety_tolerance","type":"int","default":4,"description":"Safety filter tolerance (1=strict, 6=permissive)","min":1,"max":6,"required":true}',
      );
    }
  });

  it("has fields of known shape only", () => {
    for (const modelId of Object.values(ModelId)) {
      for (const field of getConfigSchema(modelId).fields) {
        expect(["string", "int", "float", "bool"]).toContain(field.type);
        const known = ["name", "type", "default", "description", "options", "min", "max", "required", "no_effect"];
        expect(known).toEqual(expect.arrayContaining(Object.keys(field)));
        for (const name of ["name", "type", "default", "description", "required"]) expect(field).toHaveProperty(name);
        if (field.options !== undefined && field.default !== null) expect(field.options).toContain(field.default);
      }
    }
  });

  it("starts from the model's own defaults", () => {
    expect(fieldOf(ModelId.Seedream3, "aspect_ratio")?.default).toBe("1:1");
    expect(fieldOf(ModelId.Seedream4, "aspect_ratio")?.default).toBe("match_input_image");
    expect(fieldOf(ModelId.Seedream4, "seed")).toMatchObject({ type: "int", default: null, required: false });
  });

  it("offers nothing that the model refuses", () => {
    expect(fieldOf(ModelId.FluxKontextPro, "output_format")?.options).toEqual(["png", "jpg"]);
    expect(fieldOf(ModelId.QwenImageEdit, "output_format")?.options).toEqual(["webp", "png", "jpg"]);
    expect(fieldOf(ModelId.QwenImageEdit, "output_quality")).toMatchObject({ min: 1, max: 100 });
    expect(fieldOf(ModelId.Seedream3, "guidance_scale")).toMatchObject({ type: "float", min: 1, max: 10 });
    expect(fieldOf(ModelId.Seedream3, "size")?.options).toEqual(["small", "regular", "big"]);
    expect(fieldOf(ModelId.Seedream3, "width")).toMatchObject({ min: 512, max: 2048 });
    expect(fieldOf(ModelId.Seedream3, "aspect_ratio")?.options).not.toContain("match_input_image");
    expect(fieldOf(ModelId.Seedream4, "size")?.options).toEqual(["1K", "2K", "4K", "custom"]);
    expect(fieldOf(ModelId.Seedream4, "width")).toMatchObject({ min: 1024, max: 4096 });
    expect(fieldOf(ModelId.Seedream4, "aspect_ratio")?.options).not.toContain("custom");
    for (const model of registry.list()) {
      for (const { name, options = [], min, max } of model.formFields()) {
        const rule = (model.published.inputs as Record<string, Parameters<typeof checkPublished>[0]>)[name];
        const offered = rule === undefined ? [] : [...options, min, max].filter((value) => value !== undefined);
        for (const value of offered) expect(rule && checkPublished(rule, value)).toBeUndefined();
      }
    }
  });

  it("refuses an unknown model, listing the known ones", () => {
    expect(() => getConfigSchema("nobody/nothing" as ModelId)).toThrow(UnknownModelError);
    expect(() => getConfigSchema("nobody/nothing" as ModelId)).toThrow(/qwen\/qwen-image-edit/);
  });

  it("reads a registry of one's own", () => {
    const mine = defineModel({ ...qwenImageEdit, id: "acme/stager", name: "Stager", settingsKey: "acme" });
    expect(getConfigSchema("acme/stager", registry.register(mine))).toEqual({
      ...getConfigSchema(ModelId.QwenImageEdit),
      model_id: "acme/stager",
      display_name: "Stager",
    });
  });
});
