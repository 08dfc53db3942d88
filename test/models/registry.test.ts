import { describe, expect, it } from "vitest";
import * as door from "../../src/models/index.ts";
import { defaultModelId, ModelId, registry } from "../../src/models/registry.ts";

describe("ModelId", () => {
  it("names the five ids", () => {
    expect({ ...ModelId }).toStrictEqual({
      QwenImageEdit: "qwen/qwen-image-edit",
      FluxKontextMax: "black-forest-labs/flux-kontext-max",
      FluxKontextPro: "black-forest-labs/flux-kontext-pro",
      Seedream3: "bytedance/seedream-3",
      Seedream4: "bytedance/seedream-4",
    });
    expect(Object.isFrozen(ModelId)).toBe(true);
  });

  it("defaults to Qwen Image Edit", () => expect(defaultModelId).toBe(ModelId.QwenImageEdit));
});

describe("registry", () => {
  it("has exactly the models of ModelId", () => {
    expect(
      registry
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.values(ModelId).sort());
    for (const modelId of Object.values(ModelId)) {
      expect(registry.has(modelId)).toBe(true);
      expect(registry.exists(modelId)).toBe(true);
      expect(registry.get(modelId).id).toBe(modelId);
    }
  });

  it("is frozen, as are its models", () => {
    expect(Object.isFrozen(registry)).toBe(true);
    for (const model of registry.list()) {
      expect(Object.isFrozen(model)).toBe(true);
      expect(Object.isFrozen(model.config)).toBe(true);
      expect(Object.isFrozen(model.defaultConfig)).toBe(true);
      expect(model.defaultConfig).toBe(model.defaultConfig);
    }
  });

  it("keeps each model's settings under a key of its own", () => {
    expect(
      registry
        .list()
        .map(({ settingsKey }) => `model_config_${settingsKey}`)
        .sort(),
    ).toEqual([
      "model_config_flux_kontext_max",
      "model_config_flux_kontext_pro",
      "model_config_qwen",
      "model_config_seedream_3",
      "model_config_seedream_4",
    ]);
  });
});

it("opens a door with exactly these names", () => {
  expect(Object.keys(door).sort()).toEqual([
    "FluxKontextConfig",
    "InvalidConfigError",
    "InvalidInputError",
    "InvalidModelError",
    "ModelId",
    "QwenConfig",
    "RestageError",
    "SeedreamConfig",
    "UnknownModelError",
    "createRegistry",
    "defaultModelId",
    "defineConfig",
    "defineModel",
    "fluxKontextMax",
    "fluxKontextPro",
    "getConfigSchema",
    "parseModelConfig",
    "qwenImageEdit",
    "registry",
    "seedream3",
    "seedream4",
  ]);
});
