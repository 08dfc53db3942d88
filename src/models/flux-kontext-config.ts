import { z } from "../basics/z.ts";
import { defineConfig } from "../model/define-config.ts";
import type { ConfigOf } from "../model/model-config.ts";

/**
 * The settings of FLUX.1 Kontext pro and max, with the ranges and defaults of the Go service. What Replicate publishes decides
 * what is sent: `webp` is refused by both models, `num_outputs` and `output_quality` have no effect (published schemas, 2026-04-23).
 */
export const FluxKontextConfig = /* @__PURE__ */ defineConfig("FluxKontextConfig", () => ({
  aspect_ratio: z
    .enum(["1:1", "16:9", "4:3", "3:2", "match_input_image", "9:16", "3:4", "2:3", "4:5", "5:4", "21:9", "9:21", "2:1", "1:2"])
    .default("match_input_image")
    .describe("Aspect ratio"),
  output_format: z.enum(["webp", "png", "jpg"]).default("png").describe("File format"),
  safety_tolerance: z.int().min(1).max(6).default(4).describe("Safety filter tolerance (1=strict, 6=permissive)"),
  prompt_upsampling: z.boolean().default(false).describe("Let the model improve the prompt"),
  num_outputs: z.int().min(1).max(4).default(1).describe("Number of images"),
  output_quality: z.int().min(1).max(100).default(90).describe("Image quality (1=lowest, 100=best)"),
  seed: z.int().nullish().describe("Random seed; unset draws a new one"),
}));
export type FluxKontextConfig = ConfigOf<typeof FluxKontextConfig>;
