import { z } from "../basics/z.ts";
import { defineConfig } from "../model/define-config.ts";
import type { ConfigOf } from "../model/model-config.ts";

/**
 * The settings of Seedream 3 and 4: those of the Go service with its ranges and defaults, then what the models publish beyond them.
 * The models share few inputs; what each publishes decides what is sent (published schemas, 2026-04-23).
 */
export const SeedreamConfig = /* @__PURE__ */ defineConfig("SeedreamConfig", () => ({
  aspect_ratio: z
    .enum(["1:1", "16:9", "4:3", "3:2", "match_input_image", "3:4", "9:16", "2:3", "21:9", "custom"])
    .default("1:1")
    .describe("Aspect ratio; another than the photo's crops"),
  num_inference_steps: z.int().min(20).max(100).default(50).describe("Denoising steps"),
  guidance_scale: z.number().min(1).max(20).default(7.5).describe("How literally the prompt is taken"),
  output_quality: z.int().min(1).max(100).default(95).describe("Image quality (1=lowest, 100=best)"),
  seed: z.int().nullish().describe("Random seed; unset draws a new one"),
  size: z
    .enum(["1K", "2K", "4K", "custom", "small", "regular", "big"])
    .nullish()
    .describe("Size; Seedream 3: small, regular, big; Seedream 4: the others"),
  width: z.int().min(512).max(4096).nullish().describe("Width in pixels, for size custom"),
  height: z.int().min(512).max(4096).nullish().describe("Height in pixels, for size custom"),
  sequential_image_generation: z.enum(["disabled", "auto"]).nullish().describe("auto: up to max_images, all billed"),
  max_images: z.int().min(1).max(15).nullish().describe("Most images, all billed"),
  enhance_prompt: z.boolean().nullish().describe("Let the model improve the prompt"),
}));
export type SeedreamConfig = ConfigOf<typeof SeedreamConfig>;
