import { defineConfig, defineModel, registry } from "restage/models";
import { z } from "zod";

/** A config with every kind of field that a form can show. The model is invented. */
const RoomStagerConfig = defineConfig("RoomStagerConfig", () => ({
  strength: z.number().min(0).max(1).default(0.6).describe("How much of the photo may change"),
  steps: z.int().min(10).max(50).default(30).describe("Denoising steps"),
  upscale: z.literal([1, 2, 4]).default(2).describe("How many times larger the result is"),
  style_note: z.string().default("warm and calm").describe("Added to every prompt"),
  materials: z.array(z.string()).default(["oak", "linen"]).describe("Materials to prefer"),
  rooms: z
    .array(z.enum(["bedroom", "kitchen", "living_room"]))
    .default(["bedroom"])
    .describe("Rooms it is meant for"),
  sizes: z.array(z.int()).default([1024]).describe("Widths of the results in pixels"),
  keep_plants: z.boolean().default(true).describe("Leave plants where they are"),
  finish: z.enum(["matte", "satin", "gloss"]).nullish().describe("Finish of furniture"),
  warmth: z.number().min(-1).max(1).nullish().describe("Colour temperature; unset keeps that of the photo"),
  denoise: z.boolean().nullish().describe("Remove grain"),
  seed: z.int().nullish().describe("Random seed; unset draws a new one"),
  avoid: z.array(z.string()).nullish().describe("Things that must not appear"),
  caption: z.string().nullish().describe("Text below the picture"),
  watermark: z.string().nullish().describe("Text in a corner"),
}));

const roomStager = defineModel({
  id: "acme/room-stager",
  name: "Room Stager",
  description: "A fine-tune on our own listings",
  settingsKey: "acme_room_stager",
  config: RoomStagerConfig,
  published: {
    asOf: "2026-11-20",
    promptKey: "prompt",
    image: { key: "photo", isArray: false, maximum: 1 },
    inputs: {
      strength: { type: "number", minimum: 0, maximum: 1 },
      steps: { type: "integer", minimum: 10, maximum: 40, documented: { maximum: 35, reason: "The model card says that 35 is plenty" } },
      upscale: { type: "integer", enum: [1, 2, 4] },
      style_note: { type: "string" },
      materials: { type: "array", items: { type: "string" } },
      rooms: { type: "array", items: { type: "string" } },
      sizes: { type: "array", items: { type: "integer", minimum: 256 } },
      keep_plants: { type: "boolean" },
      finish: { type: "string", enum: ["matte", "satin", "gloss"], nullable: true },
      warmth: { type: "number", minimum: -1, maximum: 1, nullable: true },
      denoise: { type: "boolean", nullable: true },
      seed: { type: "integer", nullable: true },
      avoid: { type: "array", items: { type: "string" }, nullable: true },
      caption: { type: "string", nullable: true },
    },
    output: "one",
  },
});

/** The built-in models and one of our own. */
export const models = registry.register(roomStager);
