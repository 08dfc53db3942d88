import { defineModel } from "../model/define-model.ts";
import { SeedreamConfig } from "./seedream-config.ts";

/** Seedream 3: text-to-image only, so it cannot stage a photo. Kept for its stored configs; retired by its maker. */
export const seedream3 = /* @__PURE__ */ defineModel({
  id: "bytedance/seedream-3",
  name: "Seedream 3",
  description: "Text-to-image only: cannot stage a photo",
  settingsKey: "seedream_3",
  config: SeedreamConfig,
  published: {
    // Of version ed344813bc9f4996be6de4febd8b9c14c7849ad7b21ab047572e3620ee374ee7.
    asOf: "2026-04-23",
    promptKey: "prompt",
    image: null,
    inputs: {
      seed: { type: "integer", nullable: true },
      aspect_ratio: { type: "string", enum: ["1:1", "3:4", "4:3", "16:9", "9:16", "2:3", "3:2", "21:9", "custom"], default: "16:9" },
      size: { type: "string", enum: ["small", "regular", "big"], default: "regular" },
      width: { type: "integer", minimum: 512, maximum: 2048, default: 2048 },
      height: { type: "integer", minimum: 512, maximum: 2048, default: 2048 },
      guidance_scale: { type: "number", minimum: 1, maximum: 10, default: 2.5 },
    },
    output: "one",
  },
  price: { per: "output_image", microUsd: 30_000, asOf: "2026-11", source: "price lists, several sources" },
  usualDurationMs: 6_000,
  lifecycle: {
    status: "retired",
    since: "2026-05-13",
    reason: "ByteDance announced it (Comfy-Org/ComfyUI pull request 13060)",
    replacement: "bytedance/seedream-4",
  },
});
