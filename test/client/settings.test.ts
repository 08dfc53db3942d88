import { describe, expect, it } from "vitest";
import { defineModel, FluxKontextConfig, QwenConfig, qwenImageEdit, registry } from "../../src/models/index.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { Json } from "../../src/settings/json.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { author } from "../settings/helpers.ts";
import { countOf, max, pro, qwen, rejection, request, seedream3, seedream4, setTheStage } from "./helpers.ts";

async function stageWith(documents: Readonly<Record<string, Json>> = {}) {
  const store = memoryConfigStore();
  for (const [key, value] of Object.entries(documents)) await store.put(key, value, { author: { name: "Another program" } });
  const settings = createSettings({ store });
  return { settings, ...(await setTheStage({ settings })) };
}

describe("what the settings say", () => {
  it("is what runs: active model, then config by request over project over global over default", async () => {
    const { client, settings, simulator } = await stageWith();
    await settings.setActive(pro, { author });
    await settings.setActive(max, { author, projectId: "villa" });
    await settings.saveConfig(max, { safety_tolerance: 1, output_format: "jpg", prompt_upsampling: true }, { author });
    await settings.saveConfig(max, { output_format: "png", aspect_ratio: "16:9" }, { author, projectId: "villa" });
    const run = await client.stage({ ...request, projectId: "villa", config: { aspect_ratio: "1:1" } });
    expect(run).toMatchObject({
      modelId: max,
      modelOrigin: "project",
      projectId: "villa",
      configVersions: { global: 1, project: 1 },
      config: { safety_tolerance: 1, output_format: "png", aspect_ratio: "1:1", prompt_upsampling: true },
      origins: { safety_tolerance: "global", output_format: "project", aspect_ratio: "request", num_outputs: "default", seed: "drawn" },
    });
    expect(simulator.predictions[0]).toMatchObject({
      modelId: max,
      input: { safety_tolerance: 1, output_format: "png", aspect_ratio: "1:1" },
    });
    expect(await client.stage(request)).toMatchObject({ modelId: pro, modelOrigin: "global", projectId: null });
    expect(await client.stage({ ...request, modelId: qwen })).toMatchObject({ modelId: qwen, modelOrigin: "request" });
  });

  it("changes what the next staging runs, not the one before", async () => {
    const { client, settings } = await stageWith();
    const first = await client.start(request);
    await settings.setActive(pro, { author });
    expect((await client.start(request)).modelId).toBe(pro);
    expect((await client.wait(first.id)).modelId).toBe(qwen);
  });

  it.each([
    ["everything", undefined, "global"],
    ["the project", "villa", "project"],
  ] as const)("stops staging while %s is paused", async (_, projectId, scope) => {
    const { client, settings, simulator, runs } = await stageWith();
    const { id } = await client.start({ ...request, projectId: "villa" });
    await settings.pause({ author, projectId, reason: "invoice unpaid" });
    const before = simulator.requests.length;
    for (const method of ["stage", "start", "plan"] as const) {
      const error = await rejection(client[method]({ ...request, projectId: "villa" }));
      expect(error).toMatchObject({ code: "paused", scope, reason: "invoice unpaid", billed: "no", retryable: true });
    }
    expect(simulator.requests.length).toBe(before);
    expect(await runs()).toHaveLength(1);
    // What is on its way is brought home all the same.
    expect((await client.wait(id)).state).toBe("succeeded");
    await settings.unpause({ author, projectId });
    expect((await client.stage({ ...request, projectId: "villa" })).state).toBe("succeeded");
  });
});

describe("settings that cannot be used", () => {
  it.each<[string, Record<string, Json>, string]>([
    ["a config that breaks its rules", { model_config_qwen: { modelId: qwen, config: { output_quality: 900 } } }, "invalid_stored_setting"],
    ["a config of another model", { model_config_qwen: { modelId: pro, config: {} } }, "invalid_stored_setting"],
    ["a config of another shape", { model_config_qwen: "fast" }, "invalid_stored_setting"],
    ["an active model that is none", { active_model: { id: qwen } }, "invalid_stored_setting"],
    ["an active model that nobody knows", { active_model: "acme/unknown" }, "model_unavailable"],
    ["an active model that takes no photo and is retired", { active_model: seedream3 }, "model_unavailable"],
    ["a pause that cannot be read", { pause: true }, "invalid_stored_setting"],
  ])("%s: an error before anything is sent", async (_, documents, code) => {
    const { client, simulator, runs } = await stageWith(documents);
    for (const method of ["stage", "start", "plan"] as const) {
      expect(await rejection(client[method](request))).toMatchObject({ code, billed: "no" });
    }
    expect({ requests: simulator.requests, runs: await runs() }).toEqual({ requests: [], runs: [] });
  });

  it("of one model do not stop another", async () => {
    const { client } = await stageWith({ model_config_qwen: { modelId: qwen, config: { output_quality: 900 } } });
    expect((await client.stage({ ...request, modelId: pro })).state).toBe("succeeded");
  });

  it("keep unknown stored fields, with a warning", async () => {
    const { client } = await stageWith({ model_config_qwen: { modelId: qwen, config: { from_the_future: 1, output_quality: 70 } } });
    const run = await client.stage(request);
    expect(run.config).toMatchObject({ output_quality: 70 });
    expect(run.config).not.toHaveProperty("from_the_future");
    expect(run.warnings).toContainEqual(expect.objectContaining({ code: "unknown_stored_field", origin: "global" }));
  });

  it("that cannot be read at all pass their store's error on, before anything is sent", async () => {
    const broken = new Error("the database is away");
    const store = { ...memoryConfigStore(), getMany: () => Promise.reject(broken) };
    const { client, simulator } = await setTheStage({ settings: createSettings({ store }) });
    expect(await rejection(client.stage(request))).toBe(broken);
    expect(simulator.requests).toEqual([]);
  });
});

describe("a request that cannot be sent", () => {
  const parsed = (json: string): unknown => JSON.parse(json);

  it.each<[string, unknown, string, string?]>([
    ["nothing", undefined, "invalid_request"],
    ["null", null, "invalid_request"],
    ["an empty object", {}, "invalid_request"],
    ["a list", [], "invalid_request"],
    ["a text", "room.jpg", "invalid_request"],
    ["no room", { image: request.image }, "invalid_prompt", "room"],
    ["an unknown room", { ...request, room: "cellar" }, "invalid_prompt", "room"],
    ["an unknown style", { ...request, style: "brutal" }, "invalid_prompt", "style"],
    ["an unknown field", { ...request, romo: "bedroom" }, "invalid_prompt", "romo"],
    ["a blank prompt", { image: request.image, prompt: " \n\t " }, "invalid_prompt", "prompt"],
    ["an empty prompt", { image: request.image, prompt: "" }, "invalid_prompt", "prompt"],
    ["an unknown model", { ...request, modelId: "acme/unknown" }, "unknown_model"],
    ["a model of the prototype", { ...request, modelId: "constructor" }, "unknown_model"],
    ["a retired model", { ...request, modelId: seedream3 }, "model_unavailable"],
    ["an unknown config field", { ...request, config: { qualty: 5 } }, "invalid_config", "qualty"],
    ["an illegal value", { ...request, config: { output_quality: 900 } }, "invalid_config", "output_quality"],
    ["a field of another model", { ...request, config: { safety_tolerance: 2 } }, "invalid_config", "safety_tolerance"],
    ["a config of another model", { ...request, modelId: qwen, config: FluxKontextConfig.defaults() }, "invalid_config"],
    ["a config of another model than the active one", { ...request, config: FluxKontextConfig.defaults() }, "invalid_config"],
    ["a config that is a list", { ...request, config: [] }, "invalid_request", "config"],
    ["a config that is a text", { ...request, config: "fast" }, "invalid_request", "config"],
    ["a value that the model refuses", { ...request, modelId: pro, config: { output_format: "webp" } }, "invalid_input", "output_format"],
    ["__proto__ in the config", { ...request, config: parsed('{"__proto__": {"output_quality": 70}}') }, "invalid_config", "__proto__"],
    [
      "__proto__ in the extra input",
      { ...request, extraInput: parsed('{"__proto__": {"seed": 7}}') },
      "invalid_input",
      "extraInput.__proto__",
    ],
    ["__proto__ in the request", { ...request, ...(parsed('{"x":1}') as object), ...protoOf("room") }, "invalid_prompt", "__proto__"],
    ["the prompt as extra input", { ...request, extraInput: { prompt: "mine" } }, "invalid_input", "extraInput.prompt"],
    ["the photo as extra input", { ...request, extraInput: { image: "https://example.com/x.png" } }, "invalid_input", "extraInput.image"],
    ["extra input that is no JSON", { ...request, extraInput: { when: () => 1 } }, "invalid_request"],
    ["extra input that is a list", { ...request, extraInput: [1] }, "invalid_request", "extraInput"],
    ["an empty group", { ...request, group: " " }, "invalid_request", "group"],
    ["a project with a slash", { ...request, projectId: "a/b" }, "invalid_setting"],
    ["an empty project", { ...request, projectId: "" }, "invalid_setting"],
    ["a project that is null", { ...request, projectId: null }, "invalid_setting"],
  ])("%s: a typed error before anything is sent", async (_, asked, code, field) => {
    const { client, simulator, runs } = await stageWith();
    for (const method of ["stage", "start", "plan"] as const) {
      const error = (await rejection(client[method](asked as typeof request))) as { problems?: { field: string }[] };
      expect(error).toMatchObject({ code, billed: "no", retryable: false });
      if (field !== undefined) expect(error.problems?.map((problem) => problem.field)).toContain(field);
    }
    expect({ requests: simulator.requests, runs: await runs() }).toEqual({ requests: [], runs: [] });
    expect(Object.prototype).not.toHaveProperty("output_quality");
  });

  it("lists every problem at once", async () => {
    const { client } = await stageWith();
    const error = await rejection(client.stage({ ...request, group: "", idempotencyKey: "", extraInput: 5 } as never));
    expect((error as { problems: { field: string }[] }).problems.map(({ field }) => field).sort()).toEqual([
      "extraInput",
      "group",
      "idempotencyKey",
    ]);
    const config = await rejection(client.stage({ ...request, config: { output_quality: 900, go_fast: "yes", none: 1 } } as never));
    expect((config as { problems: unknown[] }).problems).toHaveLength(3);
  });

  it("a photo for a model that takes none", async () => {
    const { seedream3: model } = await import("../../src/models/index.ts");
    const revived = registry.replace(defineModel({ ...model, lifecycle: { status: "active" } }));
    const settings = createSettings({ store: memoryConfigStore(), registry: revived });
    const { client, simulator } = await setTheStage({ settings: settings as never });
    expect(await rejection(client.stage({ ...request, modelId: seedream3 }))).toMatchObject({
      code: "invalid_input",
      problems: [{ field: "imageUrl" }],
    });
    expect(simulator.requests).toEqual([]);
    const { image: _, ...without } = request;
    const run = await client.stage({ ...without, modelId: seedream3, config: { guidance_scale: 5, aspect_ratio: "16:9" } });
    expect(run).toMatchObject({ state: "succeeded", photo: null });
    expect(countOf(simulator, "upload")).toBe(0);
  });
});

describe("a registry of the service's own", () => {
  it("runs its models, by request and as the active one, with their own settings", async () => {
    const mine = defineModel({
      ...qwenImageEdit,
      id: "acme/stager",
      settingsKey: "acme_stager",
      config: QwenConfig,
      defaultPatch: { output_quality: 66 },
    });
    const settings = createSettings({ store: memoryConfigStore(), registry: registry.register(mine) });
    const { client, simulator } = await setTheStage({ settings }, { models: [...registry.list(), mine] });
    expect(await client.stage({ ...request, modelId: "acme/stager" })).toMatchObject({
      modelId: "acme/stager",
      config: { output_quality: 66 },
    });
    await settings.setActive("acme/stager", { author });
    await settings.saveConfig("acme/stager", { go_fast: false }, { author });
    expect(await client.stage(request)).toMatchObject({ modelId: "acme/stager", modelOrigin: "global", config: { go_fast: false } });
    expect(simulator.requests.filter(({ target }) => target === "create").map(({ path }) => path)).toEqual([
      "/v1/models/acme/stager/predictions",
      "/v1/models/acme/stager/predictions",
    ]);
  });

  it("is not known to another client", async () => {
    const { client } = await setTheStage();
    const error = await rejection(client.stage({ ...request, modelId: "acme/stager" } as never));
    expect(error).toMatchObject({ code: "unknown_model", knownModelIds: expect.arrayContaining([qwen, seedream4]) });
  });
});

function protoOf(value: unknown): object {
  return Object.defineProperty({}, "__proto__", { value, enumerable: true });
}
