import { defineModel } from "../model/define-model.ts";
import { SeedreamConfig } from "./seedream-config.ts";

/** Seedream 4: takes up to ten photos, gives an array of images. It has no seed. */
export const seedream4 = /* @__PURE__ */ defineModel({
  id: "bytedance/seedream-4",
  name: "Seedream 4",
  description: "Photo editing up to 4K",
  settingsKey: "seedream_4",
  config: SeedreamConfig,
  // The class starts from 1:1, which would crop the room.
  defaultPatch: { aspect_ratio: "match_input_image" },
  published: {
    // Of version cf7d431991436f19d1c8dad83fe463c729c816d7a21056c5105e75c84a0aa7e9.
    asOf: "2026-04-23",
    promptKey: "prompt",
    image: { key: "image_input", isArray: true, maximum: 10 },
    inputs: {
      size: { type: "string", enum: ["1K", "2K", "4K", "custom"], default: "2K" },
      aspect_ratio: {
        type: "string",
        enum: ["match_input_image", "1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9"],
        default: "match_input_image",
      },
      width: { type: "integer", minimum: 1024, maximum: 4096, default: 2048 },
      height: { type: "integer", minimum: 1024, maximum: 4096, default: 2048 },
      sequential_image_generation: { type: "string", enum: ["disabled", "auto"], default: "disabled" },
      max_images: { type: "integer", minimum: 1, maximum: 15, default: 1 },
      enhance_prompt: { type: "boolean", default: true },
    },
    output: "many",
  },
  maximumOutputs: (input) => {
    if (input.sequential_image_generation !== "auto") return 1;
    const images = Number(input.max_images ?? 1);
    // An extraInput may hold anything: a cost estimate must become neither NaN nor negative by it.
    return images >= 1 ? images : 15;
  },
  price: { per: "output_image", microUsd: 30_000, asOf: "2026-11", source: "price lists, several sources" },
  usualDurationMs: 12_000,
});
