import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { UnknownModelError } from "../../src/errors/unknown-model-error.ts";
import { defineConfig } from "../../src/model/define-config.ts";
import { defineModel } from "../../src/model/define-model.ts";
import { parseModelConfig } from "../../src/models/parse-model-config.ts";
import { qwenImageEdit } from "../../src/models/qwen-image-edit.ts";
import { ModelId, registry } from "../../src/models/registry.ts";

describe("parseModelConfig", () => {
  it.each([
    [ModelId.QwenImageEdit, "QwenConfig"],
    [ModelId.FluxKontextMax, "FluxKontextConfig"],
    [ModelId.FluxKontextPro, "FluxKontextConfig"],
    [ModelId.Seedream3, "SeedreamConfig"],
    [ModelId.Seedream4, "SeedreamConfig"],
  ])("reads a config of %s as %s, from text and from an object alike", (modelId, configName) => {
    const values = { output_quality: 33, seed: 5 };
    const fromObject = parseModelConfig(modelId, values);
    const fromText = parseModelConfig(modelId, ` ${JSON.stringify(values)}\n`);
    expect(fromObject.configName).toBe(configName);
    expect(fromText.configName).toBe(configName);
    expect(fromText.toMap()).toStrictEqual(fromObject.toMap());
    expect(fromObject).toMatchObject(values);
    expect(parseModelConfig(modelId, fromObject).toMap()).toStrictEqual(fromObject.toMap());
    expect(values).toStrictEqual({ output_quality: 33, seed: 5 });
  });

  it("refuses an unknown model before it reads the config", () => {
    expect(() => parseModelConfig("nobody/nothing" as ModelId, "{{{")).toThrow(UnknownModelError);
    for (const name of ["__proto__", "constructor", "toString", ""]) {
      expect(() => parseModelConfig(name as ModelId, {})).toThrow(UnknownModelError);
    }
  });

  it("refuses a config of another model", () => {
    expect(() => parseModelConfig(ModelId.QwenImageEdit, parseModelConfig(ModelId.FluxKontextPro, {}))).toThrow(InvalidConfigError);
  });

  it("reads a registry of one's own", () => {
    const UpscaleConfig = defineConfig("UpscaleConfig", () => ({ scale: z.int().min(2).max(4).default(2) }));
    const { published } = qwenImageEdit;
    const upscaler = defineModel({
      id: "acme/upscaler",
      name: "Upscaler",
      description: "Larger",
      settingsKey: "upscaler",
      config: UpscaleConfig,
      published,
    });
    const mine = registry.register(upscaler);
    expect(parseModelConfig("acme/upscaler", '{"scale": 3}', mine).toMap()).toEqual({ scale: 3 });
    expect(parseModelConfig("qwen/qwen-image-edit", {}, mine).configName).toBe("QwenConfig");
  });
});
