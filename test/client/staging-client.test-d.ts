import { describe, expectTypeOf, it } from "vitest";
import type { Plan } from "../../src/client/plan.ts";
import type { StageRequest } from "../../src/client/stage-request.ts";
import type { StagedRun } from "../../src/client/staged-run.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import { defineModel, FluxKontextConfig, ModelId, QwenConfig, qwenImageEdit, registry } from "../../src/models/index.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";

const client = new StagingClient();
const photo = { image: "https://example.com/room.jpg", room: "living_room" } as const;

describe("a request", () => {
  it("is accepted as it is meant", () => {
    expectTypeOf(client.stage(photo)).resolves.toEqualTypeOf<StagedRun>();
    expectTypeOf(client.start(photo)).resolves.toEqualTypeOf<RunRecord>();
    expectTypeOf(client.plan(photo)).resolves.toEqualTypeOf<Plan>();
    client.stage({ ...photo, image: { path: "room.jpg" }, style: "scandinavian", projectId: "villa", group: "a", idempotencyKey: "b" });
    client.stage({ ...photo, image: new Uint8Array() });
    client.stage({ ...photo, image: new ArrayBuffer(1) });
    client.stage({ ...photo, image: new Blob() });
    client.stage({ image: "https://example.com/room.jpg", prompt: "Put a table there" });
    client.stage({ image: "https://example.com/room.jpg", mode: "declutter" });
    client.stage({ ...photo, modelId: "qwen/qwen-image-edit", config: { output_quality: 90, seed: null } });
    client.stage({ ...photo, modelId: ModelId.FluxKontextPro, config: { safety_tolerance: 2 } });
    client.stage({ ...photo, modelId: ModelId.FluxKontextMax, config: FluxKontextConfig.defaults() });
    client.stage({ ...photo, config: { whatever: "the active model knows" } });
    client.stage(photo, { signal: new AbortController().signal, cancelOnAbort: true, timeoutMs: 1, onProgress: ({ phase }) => phase });
  });

  it("is refused with a model that nobody knows", () => {
    // @ts-expect-error not a model of the library
    client.stage({ ...photo, modelId: "qwen/qwen-image-edits" });
    // @ts-expect-error not a model of the library
    client.stage({ ...photo, modelId: "acme/stager" });
  });

  it("is refused with a field that the model's config lacks", () => {
    // @ts-expect-error Kontext has no go_fast
    client.stage({ ...photo, modelId: ModelId.FluxKontextPro, config: { go_fast: true } });
    // @ts-expect-error misspelt
    client.stage({ ...photo, modelId: ModelId.QwenImageEdit, config: { output_qualty: 80 } });
  });

  it("is refused with a value of another type", () => {
    // @ts-expect-error a number
    client.stage({ ...photo, modelId: ModelId.QwenImageEdit, config: { output_quality: "80" } });
    // @ts-expect-error not one of its formats
    client.stage({ ...photo, modelId: ModelId.QwenImageEdit, config: { output_format: "bmp" } });
  });

  it("is refused with the config of another model", () => {
    // @ts-expect-error a config of Kontext
    client.stage({ ...photo, modelId: ModelId.QwenImageEdit, config: FluxKontextConfig.defaults() });
    // @ts-expect-error a config of Qwen
    client.plan({ ...photo, modelId: ModelId.FluxKontextMax, config: QwenConfig.defaults() });
  });

  it("is refused with words that the prompt does not know", () => {
    // @ts-expect-error no such room
    client.stage({ ...photo, room: "cellar" });
    // @ts-expect-error no such style
    client.stage({ ...photo, style: "brutal" });
    // @ts-expect-error no such mode
    client.stage({ ...photo, mode: "burn" });
    // @ts-expect-error no such field
    client.stage({ ...photo, romo: "bedroom" });
  });

  it("is refused with a photo that is none", () => {
    // @ts-expect-error a number
    client.stage({ ...photo, image: 5 });
    // @ts-expect-error a path under another name
    client.stage({ ...photo, image: { file: "room.jpg" } });
  });

  it("is refused with options that nobody reads", () => {
    // @ts-expect-error start does not follow the prediction
    client.start(photo, { cancelOnAbort: true });
    // @ts-expect-error misspelt
    client.stage(photo, { timeout: 5 });
    // @ts-expect-error no such option
    new StagingClient({ apiKey: "r8_x" });
  });
});

describe("requests that are prepared apart", () => {
  it("fit the client of the built-in models", () => {
    const requests: StageRequest[] = [
      { image: "https://example.com/room.jpg", modelId: "qwen/qwen-image-edit", config: { go_fast: true } },
    ];
    client.stageMany(requests);
    for (const request of requests) client.stage(request);
  });
});

describe("a client of a registry of the service's own", () => {
  const mine = defineModel({ ...qwenImageEdit, id: "acme/stager", settingsKey: "acme_stager" });
  const own = new StagingClient({ settings: createSettings({ store: memoryConfigStore(), registry: registry.register(mine) }) });

  it("takes its models, and the built-in ones", () => {
    own.stage({ ...photo, modelId: "acme/stager", config: { output_quality: 70 } });
    own.stage({ ...photo, modelId: "acme/stager", config: QwenConfig.defaults() });
    own.stage({ ...photo, modelId: ModelId.FluxKontextPro, config: { safety_tolerance: 2 } });
  });

  it("refuses others", () => {
    // @ts-expect-error not registered
    own.stage({ ...photo, modelId: "acme/other" });
    // @ts-expect-error a field of Kontext
    own.stage({ ...photo, modelId: "acme/stager", config: { safety_tolerance: 2 } });
    // @ts-expect-error a config of Kontext
    own.stage({ ...photo, modelId: "acme/stager", config: FluxKontextConfig.defaults() });
  });
});
