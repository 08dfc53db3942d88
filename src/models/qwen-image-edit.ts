import { defineModel } from "../model/define-model.ts";
import { QwenConfig } from "./qwen-config.ts";

/** Qwen Image Edit: the default model. Takes one photo, gives an array of one image. */
export const qwenImageEdit = /* @__PURE__ */ defineModel({
  id: "qwen/qwen-image-edit",
  name: "Qwen Image Edit",
  description: "Photo editing, fast and cheap",
  settingsKey: "qwen",
  config: QwenConfig,
  published: {
    // Of version a072e0d160ef0501120a390f602404655e467a6f591f6574f5742df0b67cbba7.
    asOf: "2026-04-23",
    promptKey: "prompt",
    image: { key: "image", isArray: false, maximum: 1 },
    isImageRequired: true,
    inputs: {
      go_fast: { type: "boolean", default: true },
      seed: { type: "integer", nullable: true },
      output_format: { type: "string", enum: ["webp", "jpg", "png"], default: "webp" },
      output_quality: { type: "integer", minimum: 0, maximum: 100, default: 80 },
      disable_safety_checker: { type: "boolean", default: false },
    },
    output: "many",
  },
  price: { per: "output_image", microUsd: 30_000, asOf: "2026-11", source: "price lists; others say 0.01 to 0.02 USD" },
  usualDurationMs: 8_000,
});
