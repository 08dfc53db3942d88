import { z } from "zod/v3";
import { fromZod3 } from "../../src/zod3/index.ts";

const quality = z.number().int().min(1).max(100);
const seed = z.number().int().nullish().describe("Random seed; unset draws a new one");

/** The config classes of the built-in models, written in zod 3. */
export const builtInConfigs = [
  fromZod3(
    z.object({
      go_fast: z.boolean().default(true).describe("Run faster, optimized"),
      aspect_ratio: z.enum(["1:1", "16:9", "4:3", "3:2", "match_input_image"]).default("match_input_image").describe("Aspect ratio"),
      output_format: z.enum(["webp", "png", "jpg"]).default("webp").describe("File format"),
      output_quality: quality.default(80).describe("Image quality (1=lowest, 100=best); no effect on png"),
      seed,
      disable_safety_checker: z.boolean().nullish().describe("Switch the safety checker off"),
    }),
    { name: "QwenConfig", titles: { go_fast: "Fast mode" } },
  ),
  fromZod3(
    z.object({
      aspect_ratio: z
        .enum(["1:1", "16:9", "4:3", "3:2", "match_input_image", "9:16", "3:4", "2:3", "4:5", "5:4", "21:9", "9:21", "2:1", "1:2"])
        .default("match_input_image")
        .describe("Aspect ratio"),
      output_format: z.enum(["webp", "png", "jpg"]).default("png").describe("File format"),
      safety_tolerance: z.number().int().min(1).max(6).default(4).describe("Safety filter tolerance (1=strict, 6=permissive)"),
      prompt_upsampling: z.boolean().default(false).describe("Let the model improve the prompt"),
      num_outputs: z.number().int().min(1).max(4).default(1).describe("Number of images"),
      output_quality: quality.default(90).describe("Image quality (1=lowest, 100=best)"),
      seed,
    }),
    { name: "FluxKontextConfig" },
  ),
  fromZod3(
    z.object({
      aspect_ratio: z
        .enum(["1:1", "16:9", "4:3", "3:2", "match_input_image", "3:4", "9:16", "2:3", "21:9", "custom"])
        .default("1:1")
        .describe("Aspect ratio; another than the photo's crops"),
      num_inference_steps: z.number().int().min(20).max(100).default(50).describe("Denoising steps"),
      guidance_scale: z.number().min(1).max(20).default(7.5).describe("How literally the prompt is taken"),
      output_quality: quality.default(95).describe("Image quality (1=lowest, 100=best)"),
      seed,
      size: z
        .enum(["1K", "2K", "4K", "custom", "small", "regular", "big"])
        .nullish()
        .describe("Size; Seedream 3: small, regular, big; Seedream 4: the others"),
      width: z.number().int().min(512).max(4096).nullish().describe("Width in pixels, for size custom"),
      height: z.number().int().min(512).max(4096).nullish().describe("Height in pixels, for size custom"),
      sequential_image_generation: z.enum(["disabled", "auto"]).nullish().describe("auto: up to max_images, all billed"),
      max_images: z.number().int().min(1).max(15).nullish().describe("Most images, all billed"),
      enhance_prompt: z.boolean().nullish().describe("Let the model improve the prompt"),
    }),
    { name: "SeedreamConfig" },
  ),
];
