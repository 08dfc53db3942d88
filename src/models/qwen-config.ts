import { z } from "../basics/z.ts";
import { defineConfig } from "../model/define-config.ts";
import type { ConfigOf } from "../model/model-config.ts";

/** The settings of qwen/qwen-image-edit, with the ranges and defaults of the Go service. */
export const QwenConfig = /* @__PURE__ */ defineConfig("QwenConfig", () => ({
  go_fast: z.boolean().default(true).meta({ title: "Fast mode", description: "Run faster, optimized" }),
  aspect_ratio: z.enum(["1:1", "16:9", "4:3", "3:2", "match_input_image"]).default("match_input_image").describe("Aspect ratio"),
  output_format: z.enum(["webp", "png", "jpg"]).default("webp").describe("File format"),
  output_quality: z.int().min(1).max(100).default(80).describe("Image quality (1=lowest, 100=best); no effect on png"),
  seed: z.int().nullish().describe("Random seed; unset draws a new one"),
  disable_safety_checker: z.boolean().nullish().describe("Switch the safety checker off"),
}));
export type QwenConfig = ConfigOf<typeof QwenConfig>;
