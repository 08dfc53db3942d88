/** What an input builder is asked, as plain JSON: `config` holds the values of a config, as a settings row stores them. */
export interface BuilderCaseRequest {
  readonly prompt?: string;
  readonly imageUrl?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly extraInput?: Readonly<Record<string, unknown>>;
}

/** The whole input that is sent, and what is warned of, in any order. */
export interface BuilderCaseSuccess {
  readonly input: Readonly<Record<string, unknown>>;
  readonly warnings: readonly { readonly field: string; readonly code: string }[];
}

/** The code of the error, and the fields that it names, in any order. */
export interface BuilderCaseFailure {
  readonly error: string;
  readonly fields: readonly string[];
}

/** One golden case of an input builder. */
export interface BuilderCase {
  readonly name: string;
  readonly modelId: string;
  readonly request: BuilderCaseRequest;
  readonly expected: BuilderCaseSuccess | BuilderCaseFailure;
}

const qwen = "qwen/qwen-image-edit";
const kontextPro = "black-forest-labs/flux-kontext-pro";
const kontextMax = "black-forest-labs/flux-kontext-max";
const seedream3 = "bytedance/seedream-3";
const seedream4 = "bytedance/seedream-4";

const prompt = "Add a grey sofa and an oak table. Keep walls, windows and doors as they are.";
const imageUrl = "https://photos.example.com/room.jpg";
const dataUrl = "data:image/png;base64,iVBORw0KGgo=";

// What is sent where nobody set anything: the Go service's defaults, less what the models do not publish.
const qwenSent = { prompt, image: imageUrl, go_fast: true, output_format: "webp", output_quality: 80 };
const kontextSent = {
  prompt,
  input_image: imageUrl,
  aspect_ratio: "match_input_image",
  output_format: "png",
  safety_tolerance: 4,
  prompt_upsampling: false,
};
const seedream3Sent = { prompt, aspect_ratio: "1:1", guidance_scale: 7.5 };
const seedream4Sent = { prompt, image_input: [imageUrl], aspect_ratio: "match_input_image" };

// The default tolerance of 4 is past the 2 that Kontext's schema text allows with a photo.
const tolerance = { field: "safety_tolerance", code: "past_documented_limit" };
const noEffect = (field: string) => ({ field, code: "no_effect" });
const refusedExtra = (field: string) => ({ field, code: "refused_extra_input" });
const refused = (...fields: readonly string[]): BuilderCaseFailure => ({ error: "invalid_input", fields });
const invalidConfig = (...fields: readonly string[]): BuilderCaseFailure => ({ error: "invalid_config", fields });

/**
 * Golden cases of the input builders of all five models, as data for any test runner: what each request must send, warn of or be
 * refused for. Read from the settings of the Go service and from Replicate's published schemas (2026-04-23).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type AnyModel, type BuildRequest, parseModelConfig, registry } from "restage";
 * import { builderCases } from "restage/testing";
 *
 * for (const { name, modelId, request, expected } of builderCases) {
 *   if (!("input" in expected) || !registry.has(modelId)) continue;
 *   const config = request.config && parseModelConfig(modelId, request.config);
 *   const model: AnyModel = registry.get(modelId);
 *   const { input } = model.buildInput({ ...request, config } as BuildRequest);
 *   assert.deepEqual(input, expected.input, name);
 * }
 * ```
 */
export const builderCases: readonly BuilderCase[] = [
  // Qwen Image Edit
  { name: "qwen: no config", modelId: qwen, request: { prompt, imageUrl }, expected: { input: qwenSent, warnings: [] } },
  {
    name: "qwen: the Go service's stored row; aspect_ratio is not published and stays at the default, so nothing is said",
    modelId: qwen,
    request: {
      prompt,
      imageUrl,
      config: { go_fast: true, aspect_ratio: "match_input_image", output_format: "webp", output_quality: 80 },
    },
    expected: { input: qwenSent, warnings: [] },
  },
  {
    name: "qwen: every published setting",
    modelId: qwen,
    request: {
      prompt,
      imageUrl,
      config: { go_fast: false, output_format: "png", output_quality: 100, seed: 42, disable_safety_checker: true },
    },
    expected: {
      input: {
        prompt,
        image: imageUrl,
        go_fast: false,
        output_format: "png",
        output_quality: 100,
        seed: 42,
        disable_safety_checker: true,
      },
      warnings: [],
    },
  },
  {
    name: "qwen: aspect_ratio is not published",
    modelId: qwen,
    request: { prompt, imageUrl, config: { aspect_ratio: "16:9" } },
    expected: { input: qwenSent, warnings: [noEffect("aspect_ratio")] },
  },
  {
    name: "qwen: seed 0 is a seed",
    modelId: qwen,
    request: { prompt, imageUrl, config: { seed: 0 } },
    expected: { input: { ...qwenSent, seed: 0 }, warnings: [] },
  },
  {
    name: "qwen: a null seed is unset",
    modelId: qwen,
    request: { prompt, imageUrl, config: { seed: null } },
    expected: { input: qwenSent, warnings: [] },
  },
  {
    name: "qwen: jpg of the lowest quality",
    modelId: qwen,
    request: { prompt, imageUrl, config: { output_format: "jpg", output_quality: 1 } },
    expected: { input: { ...qwenSent, output_format: "jpg", output_quality: 1 }, warnings: [] },
  },
  {
    name: "qwen: a data URL is sent as it is",
    modelId: qwen,
    request: { prompt, imageUrl: dataUrl },
    expected: { input: { ...qwenSent, image: dataUrl }, warnings: [] },
  },
  {
    name: "qwen: a simulator's http address on this machine",
    modelId: qwen,
    request: { prompt, imageUrl: "http://127.0.0.1:8787/files/room.jpg" },
    expected: { input: { ...qwenSent, image: "http://127.0.0.1:8787/files/room.jpg" }, warnings: [] },
  },
  {
    name: "qwen: a prompt is sent letter by letter",
    modelId: qwen,
    request: { prompt: '  Möbliere den Raum.\n"Warm" 🛋 ', imageUrl },
    expected: { input: { ...qwenSent, prompt: '  Möbliere den Raum.\n"Warm" 🛋 ' }, warnings: [] },
  },
  {
    name: "qwen: extraInput goes along as it is",
    modelId: qwen,
    request: { prompt, imageUrl, extraInput: { lora_weights: "https://example.com/lora.safetensors", steps: [1, 2], nothing: null } },
    expected: {
      input: { ...qwenSent, lora_weights: "https://example.com/lora.safetensors", steps: [1, 2], nothing: null },
      warnings: [],
    },
  },
  {
    name: "qwen: extraInput wins over the config",
    modelId: qwen,
    request: { prompt, imageUrl, config: { output_quality: 50 }, extraInput: { output_quality: 0 } },
    expected: { input: { ...qwenSent, output_quality: 0 }, warnings: [] },
  },
  {
    name: "qwen: an extraInput that the schema refuses is sent and warned of",
    modelId: qwen,
    request: { prompt, imageUrl, extraInput: { output_quality: 101 } },
    expected: { input: { ...qwenSent, output_quality: 101 }, warnings: [refusedExtra("output_quality")] },
  },
  {
    name: "qwen: extraInput sends the aspect_ratio that older versions took",
    modelId: qwen,
    request: { prompt, imageUrl, extraInput: { aspect_ratio: "3:4" } },
    expected: { input: { ...qwenSent, aspect_ratio: "3:4" }, warnings: [] },
  },
  {
    name: "qwen: extraInput may not replace prompt and photo",
    modelId: qwen,
    request: { prompt, imageUrl, extraInput: { prompt: "else", image: "https://example.com/other.jpg" } },
    expected: refused("extraInput.prompt", "extraInput.image"),
  },
  { name: "qwen: no prompt", modelId: qwen, request: { imageUrl }, expected: refused("prompt") },
  { name: "qwen: empty prompt", modelId: qwen, request: { prompt: "", imageUrl }, expected: refused("prompt") },
  { name: "qwen: blank prompt", modelId: qwen, request: { prompt: " \n\t\u00a0", imageUrl }, expected: refused("prompt") },
  { name: "qwen: no photo", modelId: qwen, request: { prompt }, expected: refused("imageUrl") },
  { name: "qwen: empty photo address", modelId: qwen, request: { prompt, imageUrl: "" }, expected: refused("imageUrl") },
  { name: "qwen: empty request", modelId: qwen, request: {}, expected: refused("prompt", "imageUrl") },
  {
    name: "qwen: http photo",
    modelId: qwen,
    request: { prompt, imageUrl: "http://photos.example.com/room.jpg" },
    expected: refused("imageUrl"),
  },
  {
    name: "qwen: a path is no address",
    modelId: qwen,
    request: { prompt, imageUrl: "photos/room.jpg" },
    expected: refused("imageUrl"),
  },
  {
    name: "qwen: a data URL that is no image",
    modelId: qwen,
    request: { prompt, imageUrl: "data:text/html,<p>room</p>" },
    expected: refused("imageUrl"),
  },
  {
    name: "qwen: quality 0 is published, but the Go service starts at 1",
    modelId: qwen,
    request: { prompt, imageUrl, config: { output_quality: 0 } },
    expected: invalidConfig("output_quality"),
  },
  {
    name: "qwen: every problem of a config at once",
    modelId: qwen,
    request: { prompt, imageUrl, config: { go_fast: "yes", output_quality: 900, seed: 1.5, quality: 80 } },
    expected: invalidConfig("go_fast", "output_quality", "seed", "quality"),
  },
  {
    name: "qwen: the settings of another model",
    modelId: qwen,
    request: { prompt, imageUrl, config: { safety_tolerance: 2, num_outputs: 1 } },
    expected: invalidConfig("safety_tolerance", "num_outputs"),
  },

  // FLUX.1 Kontext pro and max
  {
    name: "kontext-pro: no config",
    modelId: kontextPro,
    request: { prompt, imageUrl },
    expected: { input: kontextSent, warnings: [tolerance] },
  },
  {
    name: "kontext-max: no config",
    modelId: kontextMax,
    request: { prompt, imageUrl },
    expected: { input: kontextSent, warnings: [tolerance] },
  },
  {
    name: "kontext-max: the Go service's row of defaults; num_outputs and output_quality are not published",
    modelId: kontextMax,
    request: {
      prompt,
      imageUrl,
      config: {
        aspect_ratio: "match_input_image",
        output_format: "png",
        safety_tolerance: 4,
        prompt_upsampling: false,
        num_outputs: 1,
        output_quality: 90,
      },
    },
    expected: { input: kontextSent, warnings: [tolerance] },
  },
  {
    name: "kontext-pro: every published setting",
    modelId: kontextPro,
    request: {
      prompt,
      imageUrl,
      config: { aspect_ratio: "21:9", output_format: "jpg", safety_tolerance: 1, prompt_upsampling: true, seed: 7 },
    },
    expected: {
      input: {
        prompt,
        input_image: imageUrl,
        aspect_ratio: "21:9",
        output_format: "jpg",
        safety_tolerance: 1,
        prompt_upsampling: true,
        seed: 7,
      },
      warnings: [],
    },
  },
  {
    name: "kontext-pro: webp is refused",
    modelId: kontextPro,
    request: { prompt, imageUrl, config: { output_format: "webp" } },
    expected: refused("output_format"),
  },
  {
    name: "kontext-max: webp is refused",
    modelId: kontextMax,
    request: { prompt, imageUrl, config: { output_format: "webp" } },
    expected: refused("output_format"),
  },
  {
    name: "kontext-pro: num_outputs has no effect",
    modelId: kontextPro,
    request: { prompt, imageUrl, config: { safety_tolerance: 2, num_outputs: 4 } },
    expected: { input: { ...kontextSent, safety_tolerance: 2 }, warnings: [noEffect("num_outputs")] },
  },
  {
    name: "kontext-max: output_quality has no effect",
    modelId: kontextMax,
    request: { prompt, imageUrl, config: { safety_tolerance: 2, output_quality: 100 } },
    expected: { input: { ...kontextSent, safety_tolerance: 2 }, warnings: [noEffect("output_quality")] },
  },
  {
    name: "kontext-pro: tolerance 2 is the documented limit with a photo",
    modelId: kontextPro,
    request: { prompt, imageUrl, config: { safety_tolerance: 2 } },
    expected: { input: { ...kontextSent, safety_tolerance: 2 }, warnings: [] },
  },
  {
    name: "kontext-pro: tolerance 3 is past it, and sent",
    modelId: kontextPro,
    request: { prompt, imageUrl, config: { safety_tolerance: 3 } },
    expected: { input: { ...kontextSent, safety_tolerance: 3 }, warnings: [tolerance] },
  },
  {
    name: "kontext-max: the most permissive tolerance",
    modelId: kontextMax,
    request: { prompt, imageUrl, config: { safety_tolerance: 6 } },
    expected: { input: { ...kontextSent, safety_tolerance: 6 }, warnings: [tolerance] },
  },
  {
    name: "kontext-pro: tolerance 0 is published, but the Go service starts at 1",
    modelId: kontextPro,
    request: { prompt, imageUrl, config: { safety_tolerance: 0 } },
    expected: invalidConfig("safety_tolerance"),
  },
  {
    name: "kontext-pro: a value that extraInput replaces is not warned of",
    modelId: kontextPro,
    request: { prompt, imageUrl, extraInput: { safety_tolerance: 0 } },
    expected: { input: { ...kontextSent, safety_tolerance: 0 }, warnings: [] },
  },
  {
    name: "kontext-max: extraInput past the documented limit",
    modelId: kontextMax,
    request: { prompt, imageUrl, config: { safety_tolerance: 2 }, extraInput: { safety_tolerance: 5 } },
    expected: { input: { ...kontextSent, safety_tolerance: 5 }, warnings: [tolerance] },
  },
  {
    name: "kontext-max: a data URL",
    modelId: kontextMax,
    request: { prompt, imageUrl: dataUrl, config: { safety_tolerance: 2 } },
    expected: { input: { ...kontextSent, input_image: dataUrl, safety_tolerance: 2 }, warnings: [] },
  },
  {
    name: "kontext-pro: without a photo it would draw another room",
    modelId: kontextPro,
    request: { prompt },
    expected: refused("imageUrl"),
  },
  {
    name: "kontext-pro: extraInput may not replace the photo",
    modelId: kontextPro,
    request: { prompt, imageUrl, extraInput: { input_image: dataUrl } },
    expected: refused("extraInput.input_image"),
  },
  {
    name: "kontext-max: every problem of an input at once",
    modelId: kontextMax,
    request: {
      prompt: " ",
      imageUrl: "ftp://example.com/room.jpg",
      config: { output_format: "webp" },
      extraInput: { prompt: "else" },
    },
    expected: refused("prompt", "imageUrl", "output_format", "extraInput.prompt"),
  },

  // Seedream 3
  {
    name: "seedream-3: no config, no photo",
    modelId: seedream3,
    request: { prompt },
    expected: { input: seedream3Sent, warnings: [] },
  },
  {
    name: "seedream-3: the Go service's row of defaults; steps and quality are not published",
    modelId: seedream3,
    request: { prompt, config: { aspect_ratio: "1:1", num_inference_steps: 50, guidance_scale: 7.5, output_quality: 95 } },
    expected: { input: seedream3Sent, warnings: [] },
  },
  { name: "seedream-3: takes no photo", modelId: seedream3, request: { prompt, imageUrl }, expected: refused("imageUrl") },
  {
    name: "seedream-3: steps and quality have no effect",
    modelId: seedream3,
    request: { prompt, config: { num_inference_steps: 100, output_quality: 80 } },
    expected: { input: seedream3Sent, warnings: [noEffect("num_inference_steps"), noEffect("output_quality")] },
  },
  {
    name: "seedream-3: guidance 10 is the last that is published",
    modelId: seedream3,
    request: { prompt, config: { guidance_scale: 10 } },
    expected: { input: { ...seedream3Sent, guidance_scale: 10 }, warnings: [] },
  },
  {
    name: "seedream-3: guidance above 10 is refused",
    modelId: seedream3,
    request: { prompt, config: { guidance_scale: 10.5 } },
    expected: refused("guidance_scale"),
  },
  {
    name: "seedream-3: guidance above 20 is no setting at all",
    modelId: seedream3,
    request: { prompt, config: { guidance_scale: 20.5 } },
    expected: invalidConfig("guidance_scale"),
  },
  {
    name: "seedream-3: match_input_image needs an input image",
    modelId: seedream3,
    request: { prompt, config: { aspect_ratio: "match_input_image" } },
    expected: refused("aspect_ratio"),
  },
  {
    name: "seedream-3: a size of its own",
    modelId: seedream3,
    request: { prompt, config: { aspect_ratio: "custom", width: 512, height: 2048, size: "big", seed: 9 } },
    expected: {
      input: { prompt, aspect_ratio: "custom", guidance_scale: 7.5, width: 512, height: 2048, size: "big", seed: 9 },
      warnings: [],
    },
  },
  {
    name: "seedream-3: the sizes of Seedream 4 are refused",
    modelId: seedream3,
    request: { prompt, config: { size: "4K", width: 4096, height: 2049 } },
    expected: refused("size", "width", "height"),
  },
  {
    name: "seedream-3: the series and the prompt help of Seedream 4 have no effect",
    modelId: seedream3,
    request: { prompt, config: { sequential_image_generation: "auto", max_images: 2, enhance_prompt: false } },
    expected: {
      input: seedream3Sent,
      warnings: [noEffect("sequential_image_generation"), noEffect("max_images"), noEffect("enhance_prompt")],
    },
  },

  // Seedream 4
  {
    name: "seedream-4: no config; starts from match_input_image, since 1:1 crops the room",
    modelId: seedream4,
    request: { prompt, imageUrl },
    expected: { input: seedream4Sent, warnings: [] },
  },
  {
    name: "seedream-4: the Go service's row of defaults; what an admin stored is what runs",
    modelId: seedream4,
    request: { prompt, imageUrl, config: { aspect_ratio: "1:1", num_inference_steps: 50, guidance_scale: 7.5, output_quality: 95 } },
    expected: { input: { ...seedream4Sent, aspect_ratio: "1:1" }, warnings: [] },
  },
  {
    name: "seedream-4: every published setting",
    modelId: seedream4,
    request: {
      prompt,
      imageUrl,
      config: {
        aspect_ratio: "21:9",
        size: "custom",
        width: 1024,
        height: 4096,
        sequential_image_generation: "auto",
        max_images: 15,
        enhance_prompt: false,
      },
    },
    expected: {
      input: {
        prompt,
        image_input: [imageUrl],
        aspect_ratio: "21:9",
        size: "custom",
        width: 1024,
        height: 4096,
        sequential_image_generation: "auto",
        max_images: 15,
        enhance_prompt: false,
      },
      warnings: [],
    },
  },
  {
    name: "seedream-4: it has no seed",
    modelId: seedream4,
    request: { prompt, imageUrl, config: { aspect_ratio: "match_input_image", seed: 42 } },
    expected: { input: seedream4Sent, warnings: [noEffect("seed")] },
  },
  {
    name: "seedream-4: guidance, steps and quality have no effect",
    modelId: seedream4,
    request: {
      prompt,
      imageUrl,
      config: { aspect_ratio: "4:3", guidance_scale: 20, num_inference_steps: 20, output_quality: 1 },
    },
    expected: {
      input: { ...seedream4Sent, aspect_ratio: "4:3" },
      warnings: [noEffect("guidance_scale"), noEffect("num_inference_steps"), noEffect("output_quality")],
    },
  },
  {
    name: "seedream-4: the sizes of Seedream 3 are refused",
    modelId: seedream4,
    request: { prompt, imageUrl, config: { aspect_ratio: "custom", size: "big", width: 1023, height: 512 } },
    expected: refused("aspect_ratio", "size", "width", "height"),
  },
  {
    name: "seedream-4: a series past 15 images",
    modelId: seedream4,
    request: { prompt, imageUrl, config: { aspect_ratio: "1:1", sequential_image_generation: "auto", max_images: 16 } },
    expected: invalidConfig("max_images"),
  },
  {
    name: "seedream-4: a data URL goes into the array",
    modelId: seedream4,
    request: { prompt, imageUrl: dataUrl },
    expected: { input: { ...seedream4Sent, image_input: [dataUrl] }, warnings: [] },
  },
  {
    name: "seedream-4: extraInput may not replace the photos",
    modelId: seedream4,
    request: { prompt, imageUrl, extraInput: { image_input: [imageUrl, dataUrl] } },
    expected: refused("extraInput.image_input"),
  },
  {
    name: "seedream-4: without a photo it would draw another room",
    modelId: seedream4,
    request: { prompt },
    expected: refused("imageUrl"),
  },

  {
    name: "an unknown model",
    modelId: "bytedance/seedream-5",
    request: { prompt, imageUrl },
    expected: { error: "unknown_model", fields: [] },
  },
];
