// Adds a model of your own, with a config of its own, and stages a photo with it: offline.
//
//   npx tsx --tsconfig examples/tsconfig.json examples/own-model.ts
//
// The model acme/room-stager is invented. Write down what Replicate publishes for yours.
import { type ConfigOf, createSettings, defineConfig, defineModel, formatUsd, memoryConfigStore, registry, StagingClient } from "restage";
import { createReplicateSimulator, drawStaged } from "restage/testing";
import { z } from "zod";

export const RoomStagerConfig = defineConfig("RoomStagerConfig", () => ({
  strength: z.number().min(0).max(1).default(0.6).describe("How much of the photo may change"),
  output_format: z.enum(["png", "jpg"]).default("jpg").describe("File format of the result"),
  seed: z.int().nullish().describe("Random seed; unset draws a new one"),
}));
export type RoomStagerConfig = ConfigOf<typeof RoomStagerConfig>;

export const roomStager = defineModel({
  id: "acme/room-stager",
  name: "Room Stager",
  description: "A fine-tune on our own listings",
  settingsKey: "acme_room_stager",
  config: RoomStagerConfig,
  published: {
    asOf: "2026-11-20",
    promptKey: "prompt",
    image: { key: "photo", isArray: false, maximum: 1 },
    isImageRequired: true,
    inputs: {
      strength: { type: "number", minimum: 0, maximum: 1, default: 0.6 },
      output_format: { type: "string", enum: ["png", "jpg"], default: "jpg" },
      seed: { type: "integer", nullable: true },
    },
    output: "one",
  },
  price: { per: "output_image", microUsd: 25_000, asOf: "2026-11", source: "our own contract" },
  usualDurationMs: 6_000,
});

// A registry never changes: this one has the built-in models and yours.
const models = registry.register(roomStager);
const settings = createSettings({ store: memoryConfigStore(), registry: models });
const author = { name: "Ada Lovelace" };
await settings.saveConfig("acme/room-stager", { strength: 0.8 }, { author });
await settings.setActive("acme/room-stager", { author, note: "our own model is ready" });

const replicate = await createReplicateSimulator({ models: models.list(), timeScale: 0.01 });
try {
  const client = new StagingClient({ ...replicate.clientOptions, settings });
  const image = await drawStaged({ photo: null, prompt: "Remove all furniture", seed: 7, index: 0, format: "jpg" });
  const run = await client.stage({ image, room: "bedroom", style: "coastal" });

  console.log(`Ran ${run.modelId} for ${formatUsd(run.cost?.microUsd ?? null)} and got ${run.images.length} image.`);
  console.log(`strength ${run.config.strength} came from the ${run.origins.strength} settings.`);
  console.log("Sent:", Object.keys(replicate.predictions[0]?.input ?? {}).join(", "));
} finally {
  await replicate.close();
}
