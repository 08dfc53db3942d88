import { z } from "zod";
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
    .describe("Aspect ratio of the result; another one than the photo's crops the room"),
  num_inference_steps: z.int().min(20).max(100).default(50).describe("Number of denoising steps"),
  guidance_scale: z.number().min(1).max(20).default(7.5).describe("How literally the prompt is followed"),
  output_quality: z.int().min(1).max(100).default(95).describe("Quality of the saved image (1=lowest, 100=best)"),
  seed: z.int().nullish().describe("Random seed; the same seed repeats a result, unset draws a new one"),
  size: z
    .enum(["1K", "2K", "4K", "custom", "small", "regular", "big"])
    .nullish()
    .describe("Size of the result; Seedream 4: 1K, 2K, 4K, custom; Seedream 3: small, regular, big"),
  width: z.int().min(512).max(4096).nullish().describe("Width in pixels, for a custom size"),
  height: z.int().min(512).max(4096).nullish().describe("Height in pixels, for a custom size"),
  sequential_image_generation: z
    .enum(["disabled", "auto"])
    .nullish()
    .describe("auto: several related images, up to max_images, every one billed"),
  max_images: z.int().min(1).max(15).nullish().describe("Most images that sequential_image_generation=auto may return"),
  enhance_prompt: z.boolean().nullish().describe("Let the model improve the prompt: better and slower"),
}));
export type SeedreamConfig = ConfigOf<typeof SeedreamConfig>;
