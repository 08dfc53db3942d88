import { describe, expect, it } from "vitest";
import type { AnyModel } from "../../src/model/model.ts";
import type { PublishedField } from "../../src/model/published-input.ts";
import * as models from "../../src/models/models.ts";
import { registry } from "../../src/models/registry.ts";

// The facts, as Replicate's published schemas had them on 2026-04-23: written down anew, so that a slip of the pen in src is seen.
const boolean = (start: boolean) => ({ type: "boolean", default: start });
const oneOf = (start: string, ...values: readonly string[]) => ({ type: "string", enum: values, default: start });
const integer = (minimum: number, maximum: number, start: number) => ({ type: "integer", minimum, maximum, default: start });
const seed = { type: "integer", nullable: true };

const kontextInputs = {
  aspect_ratio: oneOf(
    "match_input_image",
    ...["match_input_image", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9", "9:21", "2:1", "1:2"],
  ),
  prompt_upsampling: boolean(false),
  seed,
  output_format: oneOf("png", "jpg", "png"),
  safety_tolerance: integer(0, 6, 2),
};

interface Facts {
  readonly name: string;
  readonly settingsKey: string;
  readonly image: AnyModel["published"]["image"];
  readonly isImageRequired: boolean;
  readonly output: "one" | "many";
  readonly microUsd: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

const kontextDefaults = {
  aspect_ratio: "match_input_image",
  output_format: "png",
  safety_tolerance: 4,
  prompt_upsampling: false,
  num_outputs: 1,
  output_quality: 90,
};

const facts: Readonly<Record<string, Facts>> = {
  "black-forest-labs/flux-kontext-max": {
    name: "Flux Kontext Max",
    settingsKey: "flux_kontext_max",
    image: { key: "input_image", isArray: false, maximum: 1 },
    isImageRequired: false,
    output: "one",
    microUsd: 80_000,
    inputs: kontextInputs,
    defaults: kontextDefaults,
  },
  "black-forest-labs/flux-kontext-pro": {
    name: "Flux Kontext Pro",
    settingsKey: "flux_kontext_pro",
    image: { key: "input_image", isArray: false, maximum: 1 },
    isImageRequired: false,
    output: "one",
    microUsd: 40_000,
    inputs: kontextInputs,
    defaults: kontextDefaults,
  },
  "qwen/qwen-image-edit": {
    name: "Qwen Image Edit",
    settingsKey: "qwen",
    image: { key: "image", isArray: false, maximum: 1 },
    isImageRequired: true,
    output: "many",
    microUsd: 30_000,
    inputs: {
      go_fast: boolean(true),
      seed,
      output_format: oneOf("webp", "webp", "jpg", "png"),
      output_quality: integer(0, 100, 80),
      disable_safety_checker: boolean(false),
    },
    defaults: { go_fast: true, aspect_ratio: "match_input_image", output_format: "webp", output_quality: 80 },
  },
  "bytedance/seedream-3": {
    name: "Seedream 3",
    settingsKey: "seedream_3",
    image: null,
    isImageRequired: false,
    output: "one",
    microUsd: 30_000,
    inputs: {
      seed,
      aspect_ratio: oneOf("16:9", "1:1", "3:4", "4:3", "16:9", "9:16", "2:3", "3:2", "21:9", "custom"),
      size: oneOf("regular", "small", "regular", "big"),
      width: integer(512, 2048, 2048),
      height: integer(512, 2048, 2048),
      guidance_scale: { type: "number", minimum: 1, maximum: 10, default: 2.5 },
    },
    defaults: { aspect_ratio: "1:1", num_inference_steps: 50, guidance_scale: 7.5, output_quality: 95 },
  },
  "bytedance/seedream-4": {
    name: "Seedream 4",
    settingsKey: "seedream_4",
    image: { key: "image_input", isArray: true, maximum: 10 },
    isImageRequired: false,
    output: "many",
    microUsd: 30_000,
    inputs: {
      size: oneOf("2K", "1K", "2K", "4K", "custom"),
      aspect_ratio: oneOf("match_input_image", ...["match_input_image", "1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9"]),
      width: integer(1024, 4096, 2048),
      height: integer(1024, 4096, 2048),
      sequential_image_generation: oneOf("disabled", "disabled", "auto"),
      max_images: integer(1, 15, 1),
      enhance_prompt: boolean(true),
    },
    defaults: { aspect_ratio: "match_input_image", num_inference_steps: 50, guidance_scale: 7.5, output_quality: 95 },
  },
};

it("are the five", () => {
  expect(
    Object.values(models)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(Object.keys(facts).sort());
});

describe.each(Object.entries(facts))("%s", (id, expected) => {
  const model: AnyModel = registry.lookup(id);

  it("is what Replicate publishes", () => {
    const { published } = model;
    const schema = Object.entries<PublishedField>(published.inputs).map(([name, { documented: _, ...field }]) => [name, field]);
    expect(Object.fromEntries(schema)).toStrictEqual(expected.inputs);
    expect(published.promptKey).toBe("prompt");
    expect(published.image).toStrictEqual(expected.image);
    expect(published.isImageRequired ?? false).toBe(expected.isImageRequired);
    expect(published.output).toBe(expected.output);
    expect(published.asOf).toMatch(/^2026-\d\d(-\d\d)?$/);
    expect(published.versionId ?? "0".repeat(64)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("has the names and the price that people know", () => {
    expect(model.id).toBe(id);
    expect(model.name).toBe(expected.name);
    expect(model.settingsKey).toBe(expected.settingsKey);
    expect(model.description).not.toBe("");
    expect(model.version).toBe("latest");
    expect(model.price).toMatchObject({ per: "output_image", microUsd: expected.microUsd });
    expect(model.price?.asOf).toMatch(/^\d{4}-\d\d/);
    expect(model.price?.source).not.toBe("");
    expect(model.usualDurationMs).toBeGreaterThanOrEqual(5_000);
    expect(model.usualDurationMs).toBeLessThanOrEqual(30_000);
  });

  it("works its capabilities out from that", () => {
    expect(model.capabilities).toStrictEqual({
      takesPhoto: expected.image !== null,
      maximumPhotos: expected.image?.maximum ?? 0,
      takesSeed: "seed" in expected.inputs,
      output: expected.output,
    });
  });

  it("starts from a config that it takes, without a refusal", () => {
    expect(model.defaultConfig.toMap()).toStrictEqual(expected.defaults);
    const photo = expected.image === null ? {} : { imageUrl: "https://example.com/room.jpg" };
    expect(() => model.buildInput({ prompt: "Furnish", ...photo })).not.toThrow();
  });
});

it("warn of Kontext's tolerance above 2, which only the documentation forbids", () => {
  for (const { published } of [models.fluxKontextMax, models.fluxKontextPro]) {
    expect(published.inputs.safety_tolerance.documented.maximum).toBe(2);
    expect(published.inputs.safety_tolerance.documented.reason).toMatch(/2026-04-23/);
  }
});

it("tell that Seedream 3 is retired and what follows it; all others are active", () => {
  for (const { id, lifecycle } of registry.list()) {
    if (id !== "bytedance/seedream-3") expect(lifecycle).toEqual({ status: "active" });
  }
  expect(models.seedream3.lifecycle).toMatchObject({ status: "retired", since: "2026-05-13", replacement: "bytedance/seedream-4" });
});

describe("the number of images that are paid for", () => {
  it.each([
    [{}, 1],
    [{ max_images: 9 }, 1],
    [{ sequential_image_generation: "disabled", max_images: 9 }, 1],
    [{ sequential_image_generation: "auto" }, 1],
    [{ sequential_image_generation: "auto", max_images: null }, 1],
    [{ sequential_image_generation: "auto", max_images: 1 }, 1],
    [{ sequential_image_generation: "auto", max_images: 15 }, 15],
    [{ sequential_image_generation: "auto", max_images: "4" }, 4],
    [{ sequential_image_generation: "auto", max_images: "many" }, 15],
    [{ sequential_image_generation: "auto", max_images: 0 }, 15],
    [{ sequential_image_generation: "auto", max_images: -5 }, 15],
    [{ sequential_image_generation: "auto", max_images: [] }, 15],
  ])("of %j on Seedream 4 is at most %i", (input, outputs) => expect(models.seedream4.maximumOutputs(input)).toBe(outputs));

  it("is one on all others, whatever num_outputs says", () => {
    for (const model of [models.qwenImageEdit, models.fluxKontextMax, models.fluxKontextPro, models.seedream3]) {
      expect(model.maximumOutputs({ num_outputs: 4, sequential_image_generation: "auto", max_images: 15 })).toBe(1);
    }
  });
});
