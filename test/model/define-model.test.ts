import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidModelError } from "../../src/errors/invalid-model-error.ts";
import { defineConfig } from "../../src/model/define-config.ts";
import { defineModel } from "../../src/model/define-model.ts";
import type { ModelDefinition } from "../../src/model/model.ts";
import { qwenImageEdit } from "../../src/models/qwen-image-edit.ts";
import { seedream4 } from "../../src/models/seedream-4.ts";

const LampConfig = defineConfig("LampConfig", () => ({ watts: z.int().min(1).max(60).default(40), seed: z.int().nullish() }));

const definition = {
  id: "acme/lamp",
  name: "Lamp",
  description: "Lights a room",
  settingsKey: "lamp",
  config: LampConfig,
  published: {
    asOf: "2026-01-01",
    promptKey: "text",
    image: { key: "photo", isArray: false, maximum: 1 },
    inputs: { watts: { type: "integer", minimum: 10, maximum: 50 } },
    output: "one",
  },
} as const;

describe("defineModel", () => {
  it("fills in what may be left out", () => {
    const model = defineModel(definition);
    expect(model).toMatchObject({ ...definition, version: "latest", usualDurationMs: 10_000, lifecycle: { status: "active" } });
    expect(model.maximumOutputs({ num_outputs: 4 })).toBe(1);
    expect(model.price).toBeUndefined();
    expect(model.capabilities).toStrictEqual({ takesPhoto: true, maximumPhotos: 1, takesSeed: false, output: "one" });
    expect(Object.isFrozen(model)).toBe(true);
  });

  it("keeps what is given", () => {
    const lifecycle = { status: "retired", since: "2026-01-01", reason: "worn out" } as const;
    const version = "0123456789abcdef".repeat(4);
    const model = defineModel({ ...definition, version, lifecycle, usualDurationMs: 5, maximumOutputs: () => 3 });
    expect(model).toMatchObject({ version, lifecycle, usualDurationMs: 5 });
    expect(model.maximumOutputs({})).toBe(3);
  });

  it("works capabilities out from what is published", () => {
    const published = { ...definition.published, image: null, inputs: { seed: { type: "integer" } }, output: "many" } as const;
    expect(defineModel({ ...definition, published }).capabilities).toStrictEqual({
      takesPhoto: false,
      maximumPhotos: 0,
      takesSeed: true,
      output: "many",
    });
  });

  it("starts from the class's defaults and its own patch, made once and when first asked", () => {
    const model = defineModel({ ...definition, defaultPatch: { watts: 20 } });
    expect(model.defaultConfig.toMap()).toEqual({ watts: 20 });
    expect(model.defaultConfig).toBe(model.defaultConfig);
    expect(model.defaultConfig.validate()).toBe(model.defaultConfig);
    expect(defineModel(definition).defaultConfig.toMap()).toEqual({ watts: 40 });
    const broken = defineModel({ ...definition, defaultPatch: { watts: 900 } });
    expect(() => broken.defaultConfig).toThrow(InvalidConfigError);
  });

  it("builds inputs and forms from it", () => {
    const model = defineModel({ ...definition, defaultPatch: { watts: 20 } });
    const { input, warnings } = model.buildInput({ prompt: "Light it", imageUrl: "https://example.com/room.jpg" });
    expect(input).toStrictEqual({ text: "Light it", photo: "https://example.com/room.jpg", watts: 20 });
    expect(warnings).toEqual([]);
    expect(model.formFields().map(({ name, default: start, min, max }) => [name, start, min, max])).toEqual([
      ["watts", 20, 10, 50],
      ["seed", null, undefined, undefined],
    ]);
  });

  it("changes one fact of a model by spreading it", () => {
    const price = { per: "output_image", microUsd: 25_000, asOf: "2026-12", source: "our contract" } as const;
    const cheaper = defineModel({ ...qwenImageEdit, price });
    expect(cheaper.price).toBe(price);
    expect(cheaper.published).toBe(qwenImageEdit.published);
    const request = { prompt: "Furnish", imageUrl: "https://example.com/room.jpg" };
    expect(cheaper.buildInput(request)).toStrictEqual(qwenImageEdit.buildInput(request));
    // What is worked out follows the new facts, not the ones that came along with the spread.
    const published = { ...seedream4.published, image: null };
    const textOnly = defineModel({ ...seedream4, published, defaultPatch: { aspect_ratio: "16:9" } });
    expect(textOnly.capabilities.takesPhoto).toBe(false);
    expect(textOnly.defaultConfig.aspect_ratio).toBe("16:9");
    expect(textOnly.buildInput({ prompt: "Furnish" }).input).toEqual({ prompt: "Furnish", aspect_ratio: "16:9" });
    expect(textOnly.maximumOutputs({ sequential_image_generation: "auto", max_images: 3 })).toBe(3);
  });

  it.each([
    ["id", ["", "lamp", "acme/", "/lamp", "acme/lamp/2", "acme lamp/x", "acme/lamp\n", "acme/lamp:latest", "-acme/lamp", 5, undefined]],
    ["settingsKey", ["", "Lamp", "flux-kontext", "a b", "x".repeat(101), "lampe\u0301", 5, undefined, null]],
    ["version", ["", "newest", "0".repeat(63), "0".repeat(65), "G".repeat(64), "A".repeat(64), 5, null]],
  ])("refuses a wrong %s", (field, values) => {
    for (const value of values) {
      const wrong = { ...definition, [field]: value } as unknown as ModelDefinition;
      try {
        defineModel(wrong);
        expect.unreachable(`took ${field} ${JSON.stringify(value)}`);
      } catch (error) {
        if (!InvalidModelError.is(error)) throw error;
        expect(error.problems.map((problem) => problem.field)).toEqual([field]);
      }
    }
  });

  it("takes every legal id, settings key and version", () => {
    for (const id of ["a/b", "Black-Forest_Labs/flux.1-kontext", "0/9"]) expect(defineModel({ ...definition, id }).id).toBe(id);
    for (const settingsKey of ["a", "seedream_4", "x".repeat(100)]) {
      expect(defineModel({ ...definition, settingsKey }).settingsKey).toBe(settingsKey);
    }
    for (const version of ["latest", "f".repeat(64)]) expect(defineModel({ ...definition, version }).version).toBe(version);
  });

  it("reports every problem at once", () => {
    expect(() => defineModel({ ...definition, id: "lamp", settingsKey: "La mp", version: "1" })).toThrow(
      /Invalid definition of .*lamp:\n- id: .*owner\/name.*\n- settingsKey: .*\n- version: .*64 hex/,
    );
  });
});

it("refuses inputs that stand for the prompt or the photo already", () => {
  const inputs = { prompt: { type: "string" }, image: { type: "string" } } as const;
  const published = { ...definition.published, promptKey: "prompt", image: { key: "image", isArray: false, maximum: 1 }, inputs } as const;
  expect(() => defineModel({ ...definition, published })).toThrow(/published\.inputs\.prompt: .*\n- published\.inputs\.image: /);
});
