// What any typed project writes. Its declarations are emitted too, so that every inferred type can be named.
import {
  createRegistry,
  createSettings,
  defineModel,
  FluxKontextConfig,
  getConfigSchema,
  ModelId,
  memoryConfigStore,
  memoryRunStore,
  parseModelConfig,
  QwenConfig,
  RestageError,
  registry,
  SeedreamConfig,
  StagingClient,
  stagingPrompt,
} from "restage";
import type * as models from "restage/models";
import { createReplicateSimulator } from "restage/testing";

export const qwen = QwenConfig.defaults();
export const kontext: FluxKontextConfig = FluxKontextConfig.defaults().with({ safety_tolerance: 2 });
export const seedream = SeedreamConfig.parse("{}");
export const parsed = parseModelConfig(ModelId.QwenImageEdit, {});
export const form = getConfigSchema(ModelId.FluxKontextPro);
export const { input, warnings } = registry
  .get(ModelId.QwenImageEdit)
  .buildInput({ prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg", config: parsed });
export const prompt = stagingPrompt({ room: "living_room", style: "scandinavian" });

export const mine = defineModel({
  id: "acme/room-stager",
  name: "Room Stager",
  description: "Our own",
  settingsKey: "acme_room_stager",
  config: QwenConfig,
  published: {
    asOf: "2026-11-20",
    promptKey: "prompt",
    image: { key: "image", isArray: false, maximum: 1 },
    inputs: { seed: { type: "integer", nullable: true } },
    output: "one",
  },
});
export const withMine = registry.register(mine);
export const onlyMine = createRegistry([mine]);
export const settings = createSettings({ store: memoryConfigStore(), registry });
export const client = new StagingClient({ token: "r8_none", settings, runStore: memoryRunStore() });

export async function stageOnce() {
  const simulator = await createReplicateSimulator({ timeScale: 0.01 });
  const run = await new StagingClient({ token: simulator.token, baseUrl: simulator.url }).stage({
    image: new Uint8Array(),
    room: "living_room",
    style: "scandinavian",
  });
  await simulator.close();
  return run;
}

export function codeOf(error: unknown): string | undefined {
  return RestageError.is(error) ? error.code : undefined;
}

// One class, whichever door it came by.
export const same: models.QwenConfig = qwen;

// @ts-expect-error: a field of another model
QwenConfig.defaults().with({ safety_tolerance: 2 });
// @ts-expect-error: no such value
FluxKontextConfig.defaults().with({ output_format: "gif" });
// @ts-expect-error: no such model
registry.get("qwen/qwen-image");
// @ts-expect-error: the config of another model
registry.get(ModelId.QwenImageEdit).buildInput({ prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg", config: kontext });
