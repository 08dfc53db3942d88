import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  type AnyModel,
  type BuiltInModel,
  createRegistry,
  defineConfig,
  defineModel,
  FluxKontextConfig,
  fluxKontextMax,
  fluxKontextPro,
  getConfigSchema,
  ModelId,
  parseModelConfig,
  QwenConfig,
  qwenImageEdit,
  type Registry,
  registry,
  SeedreamConfig,
  seedream3,
  seedream4,
} from "../../src/models/index.ts";

const prompt = "Furnish this room";
const imageUrl = "https://example.com/room.jpg";

describe("ModelId", () => {
  it("is the union of the five ids, and an object of them", () => {
    expectTypeOf<ModelId>().toEqualTypeOf<
      | "qwen/qwen-image-edit"
      | "black-forest-labs/flux-kontext-max"
      | "black-forest-labs/flux-kontext-pro"
      | "bytedance/seedream-3"
      | "bytedance/seedream-4"
    >();
    expectTypeOf(ModelId.QwenImageEdit).toEqualTypeOf<"qwen/qwen-image-edit">();
    expectTypeOf(ModelId.FluxKontextMax).toEqualTypeOf<"black-forest-labs/flux-kontext-max">();
    expectTypeOf(ModelId.FluxKontextPro).toEqualTypeOf<"black-forest-labs/flux-kontext-pro">();
    expectTypeOf(ModelId.Seedream3).toEqualTypeOf<"bytedance/seedream-3">();
    expectTypeOf(ModelId.Seedream4).toEqualTypeOf<"bytedance/seedream-4">();
    expectTypeOf<keyof typeof ModelId>().toEqualTypeOf<"QwenImageEdit" | "FluxKontextMax" | "FluxKontextPro" | "Seedream3" | "Seedream4">();
    // @ts-expect-error not a model of the library
    ModelId.Seedream5;
    // @ts-expect-error read-only
    ModelId.Seedream4 = "bytedance/seedream-4";
  });
});

describe("a config", () => {
  it("has typed fields", () => {
    const config = FluxKontextConfig.defaults();
    expectTypeOf(config.safety_tolerance).toEqualTypeOf<number>();
    expectTypeOf(config.output_format).toEqualTypeOf<"webp" | "png" | "jpg">();
    expectTypeOf(config.prompt_upsampling).toEqualTypeOf<boolean>();
    expectTypeOf(config.seed).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(config).toEqualTypeOf<FluxKontextConfig>();
    expectTypeOf(config.validate()).toEqualTypeOf<FluxKontextConfig>();
    expectTypeOf(config.with({ safety_tolerance: 2, seed: null })).toEqualTypeOf<FluxKontextConfig>();
    expectTypeOf(FluxKontextConfig.parse("{}")).toEqualTypeOf<FluxKontextConfig>();
    expectTypeOf(config.toMap().output_quality).toEqualTypeOf<number>();
    expectTypeOf(config.toMap().seed).toEqualTypeOf<number | undefined>();
  });

  it("refuses a wrong field, a wrong value and any change", () => {
    const config = FluxKontextConfig.defaults();
    // @ts-expect-error no such field
    config.go_fast;
    // @ts-expect-error no such field
    config.with({ go_fast: true });
    // @ts-expect-error not a number
    config.with({ safety_tolerance: "2" });
    // @ts-expect-error not a format
    config.with({ output_format: "gif" });
    // @ts-expect-error not a ratio of Qwen
    QwenConfig.defaults().with({ aspect_ratio: "21:9" });
    // @ts-expect-error may not be unset
    config.with({ safety_tolerance: null });
    // @ts-expect-error read-only
    config.safety_tolerance = 2;
  });

  it("is told from the configs of other classes", () => {
    expectTypeOf<QwenConfig>().not.toExtend<FluxKontextConfig>();
    expectTypeOf<FluxKontextConfig>().not.toExtend<QwenConfig>();
    expectTypeOf<SeedreamConfig>().not.toExtend<QwenConfig>();
  });
});

describe("buildInput", () => {
  it("refuses a config of another model", () => {
    qwenImageEdit.buildInput({ prompt, imageUrl, config: QwenConfig.defaults() });
    fluxKontextMax.buildInput({ prompt, imageUrl, config: FluxKontextConfig.defaults() });
    seedream4.buildInput({ prompt, imageUrl, config: SeedreamConfig.defaults() });
    // @ts-expect-error the config of another model
    qwenImageEdit.buildInput({ prompt, imageUrl, config: FluxKontextConfig.defaults() });
    // @ts-expect-error the config of another model
    fluxKontextPro.buildInput({ prompt, imageUrl, config: SeedreamConfig.defaults() });
    // @ts-expect-error the config of another model
    seedream3.buildInput({ prompt, config: QwenConfig.defaults() });
    // @ts-expect-error bare values, which nobody has checked
    qwenImageEdit.buildInput({ prompt, imageUrl, config: { go_fast: true } });
  });

  it("asks for a photo where the model takes one, and refuses one where it takes none", () => {
    seedream3.buildInput({ prompt });
    seedream3.buildInput({ prompt, imageUrl: undefined });
    // @ts-expect-error takes no photo
    seedream3.buildInput({ prompt, imageUrl });
    // @ts-expect-error no photo
    qwenImageEdit.buildInput({ prompt });
    // @ts-expect-error no photo
    fluxKontextPro.buildInput({ prompt });
    // @ts-expect-error no photo
    seedream4.buildInput({ prompt, imageUrl: undefined });
    // @ts-expect-error one photo
    seedream4.buildInput({ prompt, imageUrl: [imageUrl] });
  });

  it("asks for a prompt, and knows no other parts", () => {
    // @ts-expect-error no prompt
    qwenImageEdit.buildInput({ imageUrl });
    // @ts-expect-error no such part
    qwenImageEdit.buildInput({ prompt, imageUrl, image: imageUrl });
    // @ts-expect-error nothing at all
    qwenImageEdit.buildInput();
    qwenImageEdit.buildInput({ prompt, imageUrl, config: undefined, extraInput: { anything: [1] } });
  });

  it("gives the input of the very model", () => {
    const qwen = qwenImageEdit.buildInput({ prompt, imageUrl }).input;
    expectTypeOf(qwen.prompt).toEqualTypeOf<string>();
    expectTypeOf(qwen.image).toEqualTypeOf<string>();
    expectTypeOf(qwen.go_fast).toEqualTypeOf<boolean | undefined>();
    expectTypeOf(qwen.output_format).toEqualTypeOf<"webp" | "jpg" | "png" | undefined>();
    expectTypeOf(qwen.seed).toEqualTypeOf<number | undefined>();
    // @ts-expect-error not published
    qwen.aspect_ratio;

    const kontext = fluxKontextPro.buildInput({ prompt, imageUrl }).input;
    expectTypeOf(kontext.input_image).toEqualTypeOf<string>();
    expectTypeOf(kontext.output_format).toEqualTypeOf<"jpg" | "png" | undefined>();
    expectTypeOf(kontext.safety_tolerance).toEqualTypeOf<number | undefined>();
    // @ts-expect-error not published
    kontext.num_outputs;
    expectTypeOf(fluxKontextMax.buildInput({ prompt, imageUrl }).input).toEqualTypeOf(kontext);

    const textOnly = seedream3.buildInput({ prompt }).input;
    expectTypeOf(textOnly.guidance_scale).toEqualTypeOf<number | undefined>();
    // @ts-expect-error takes no photo
    textOnly.image_input;

    const seedream = seedream4.buildInput({ prompt, imageUrl }).input;
    expectTypeOf(seedream.image_input).toEqualTypeOf<string[]>();
    expectTypeOf(seedream.size).toEqualTypeOf<"1K" | "2K" | "4K" | "custom" | undefined>();
    // @ts-expect-error not published
    seedream.seed;
  });
});

describe("the registry", () => {
  it("gives the very model of an id", () => {
    expectTypeOf(registry.get("bytedance/seedream-4")).toEqualTypeOf<typeof seedream4>();
    expectTypeOf(registry.get(ModelId.QwenImageEdit)).toEqualTypeOf<typeof qwenImageEdit>();
    expectTypeOf(registry.list()).toEqualTypeOf<readonly BuiltInModel[]>();
    // @ts-expect-error not a model
    registry.get("bytedance/seedream-5");
    // @ts-expect-error any text: lookup() or has() first
    registry.get("qwen/qwen-image-edit" as string);
    registry.get("qwen/qwen-image-edit").buildInput({ prompt, imageUrl });
    // @ts-expect-error takes no photo
    registry.get("bytedance/seedream-3").buildInput({ prompt, imageUrl });
  });

  it("tells the compiler which ids it has", () => {
    const id: string = imageUrl;
    if (registry.has(id)) expectTypeOf(id).toEqualTypeOf<ModelId>();
    if (registry.exists(id)) expectTypeOf(id).toEqualTypeOf<ModelId>();
    // A model of any id can be built with: its input is not typed.
    registry.lookup(id).buildInput({ prompt: "Furnish it", imageUrl });
    expectTypeOf<BuiltInModel>().toExtend<AnyModel>();
    expectTypeOf(registry).toExtend<Registry>();
  });

  it("learns the id and the config of a service's own model", () => {
    const UpscaleConfig = defineConfig("UpscaleConfig", () => ({ scale: z.int().min(2).max(4).default(2) }));
    const upscaler = defineModel({
      id: "acme/upscaler",
      name: "Upscaler",
      description: "Larger",
      settingsKey: "upscaler",
      config: UpscaleConfig,
      published: {
        asOf: "2026-01-01",
        promptKey: "text",
        image: { key: "photos", isArray: true, maximum: 4 },
        inputs: { scale: { type: "integer", enum: [2, 4] }, mode: { type: "string" }, tags: { type: "array" } },
        output: "one",
      },
    });
    const mine = registry.register(upscaler);
    const { input } = mine.get("acme/upscaler").buildInput({ prompt, imageUrl, config: UpscaleConfig.defaults() });
    expectTypeOf(input.text).toEqualTypeOf<string>();
    expectTypeOf(input.photos).toEqualTypeOf<string[]>();
    expectTypeOf(input.scale).toEqualTypeOf<2 | 4 | undefined>();
    expectTypeOf(input.mode).toEqualTypeOf<string | undefined>();
    expectTypeOf(input.tags).toEqualTypeOf<readonly unknown[] | undefined>();
    // @ts-expect-error the prompt has another key
    input.prompt;
    expectTypeOf(mine.get("qwen/qwen-image-edit")).toEqualTypeOf<typeof qwenImageEdit>();
    expectTypeOf(parseModelConfig("acme/upscaler", {}, mine).scale).toEqualTypeOf<number>();
    getConfigSchema("acme/upscaler", mine);
    // @ts-expect-error the built-in registry does not have it
    registry.get("acme/upscaler");
    // @ts-expect-error the built-in registry does not have it
    parseModelConfig("acme/upscaler", {});
    // @ts-expect-error the config of another model
    mine.get("acme/upscaler").buildInput({ prompt, imageUrl, config: QwenConfig.defaults() });
    // @ts-expect-error not among these
    createRegistry([upscaler]).get("qwen/qwen-image-edit");

    const price = { per: "output_image", microUsd: 1, asOf: "2026-12", source: "our contract" } as const;
    const cheaper = registry.replace(defineModel({ ...qwenImageEdit, price }));
    expectTypeOf(cheaper.get("qwen/qwen-image-edit").buildInput({ prompt, imageUrl }).input.image).toEqualTypeOf<string>();
    expectTypeOf(cheaper.get("bytedance/seedream-4")).toEqualTypeOf<typeof seedream4>();
  });

  it("refuses a definition that does not fit its config", () => {
    const { published } = qwenImageEdit;
    const common = { id: "acme/lamp", name: "Lamp", description: "Lights", settingsKey: "lamp", config: QwenConfig, published } as const;
    defineModel({ ...common, defaultPatch: { output_quality: 90 } });
    // @ts-expect-error not a field of its config
    defineModel({ ...common, defaultPatch: { safety_tolerance: 2 } });
    // @ts-expect-error not a value of its config
    defineModel({ ...common, defaultPatch: { output_format: "gif" } });
    // @ts-expect-error no such type
    defineModel({ ...common, published: { ...published, inputs: { seed: { type: "int" } } } });
    const { settingsKey: _, ...withoutKey } = common;
    // @ts-expect-error no settings key
    defineModel(withoutKey);
  });
});

describe("parseModelConfig and getConfigSchema", () => {
  it("give the config of the model, and refuse a wrong id", () => {
    expectTypeOf(parseModelConfig(ModelId.QwenImageEdit, "{}")).toEqualTypeOf<QwenConfig>();
    expectTypeOf(parseModelConfig("black-forest-labs/flux-kontext-max", {})).toEqualTypeOf<FluxKontextConfig>();
    expectTypeOf(parseModelConfig(ModelId.Seedream3, {})).toEqualTypeOf<SeedreamConfig>();
    expectTypeOf(parseModelConfig(ModelId.Seedream4, {})).toEqualTypeOf<SeedreamConfig>();
    expectTypeOf(getConfigSchema(ModelId.Seedream4).model_id).toEqualTypeOf<string>();
    // @ts-expect-error not a model
    parseModelConfig("bytedance/seedream-5", {});
    // @ts-expect-error not a model
    getConfigSchema("bytedance/seedream-5");
    // @ts-expect-error any text
    getConfigSchema("qwen/qwen-image-edit" as string);
  });
});
