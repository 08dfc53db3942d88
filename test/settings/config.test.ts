import { describe, expect, it } from "vitest";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidInputError } from "../../src/errors/invalid-input-error.ts";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import { UnknownModelError } from "../../src/errors/unknown-model-error.ts";
import { VersionConflictError } from "../../src/errors/version-conflict-error.ts";
import { FluxKontextConfig } from "../../src/models/flux-kontext-config.ts";
import { QwenConfig } from "../../src/models/qwen-config.ts";
import type { Json } from "../../src/settings/json.ts";
import { pro, qwen, rejection, seedream3, settingsWith, write } from "./helpers.ts";

const key = "model_config_qwen";

describe("config", () => {
  it("is inherited field by field, with the origin of every value", async () => {
    const { settings } = await settingsWith();
    expect(await settings.config(qwen)).toMatchObject({ versions: { global: null, project: null }, origins: { go_fast: "default" } });
    await settings.saveConfig(qwen, { output_quality: 70, output_format: "png", seed: 5 }, write);
    await settings.saveConfig(qwen, { output_quality: 60, seed: null }, { ...write, projectId: "p" });
    const { config, origins, versions } = await settings.config(qwen, { projectId: "p" });
    expect(config.toMap()).toEqual({ go_fast: true, aspect_ratio: "match_input_image", output_format: "png", output_quality: 60 });
    expect(config.configName).toBe("QwenConfig");
    expect(versions).toEqual({ global: 1, project: 1 });
    expect(origins).toEqual({
      go_fast: "default",
      aspect_ratio: "default",
      output_format: "global",
      output_quality: "project",
      seed: "project",
      disable_safety_checker: "default",
    });
    expect((await settings.config(qwen)).config.seed).toBe(5);
  });

  it("reads a row of the Go service", async () => {
    const config = { go_fast: true, aspect_ratio: "match_input_image", output_format: "webp", output_quality: 80 };
    const { settings } = await settingsWith({ [key]: { modelId: qwen, config } });
    const found = await settings.config(qwen);
    expect(found.config.toMap()).toEqual(config);
    expect(found.warnings).toEqual([]);
  });

  it("serves a retired model, whose rows are still there", async () => {
    const { settings } = await settingsWith();
    await settings.saveConfig(seedream3, { guidance_scale: 3 }, write);
    expect((await settings.config(seedream3)).config.guidance_scale).toBe(3);
  });

  it.each([
    ["no object", "qwen"],
    ["null", null],
    ["a list", []],
    ["the config alone", { go_fast: true }],
    ["one property too many", { modelId: qwen, config: {}, extra: 1 }],
    ["no config", { modelId: qwen }],
    ["a config that is a list", { modelId: qwen, config: [] }],
    ["a config that is null", { modelId: qwen, config: null }],
    ["a model id that is no string", { modelId: 7, config: {} }],
    ["another model", { modelId: pro, config: {} }],
    ["a value of another type", { modelId: qwen, config: { output_quality: "80" } }],
    ["a value out of range", { modelId: qwen, config: { output_quality: 0 } }],
    ["a value that is not one of them", { modelId: qwen, config: { output_format: "gif" } }],
    ["null for what cannot be unset", { modelId: qwen, config: { go_fast: null } }],
  ] satisfies readonly (readonly [string, Json])[])("stored as %s is an error that is seen, and can be saved anew", async (_, value) => {
    const { settings } = await settingsWith({ [key]: value });
    const error = await rejection(settings.config(qwen));
    expect(InvalidStoredSettingError.is(error) && error.key).toBe(key);
    expect(InvalidStoredSettingError.is(error) && error.problems.length).toBeGreaterThan(0);
    expect(error.message).toContain(`"${key}"`);
    expect(error.message).toContain("settings.saveConfig(…)");
    await settings.saveConfig(qwen, { output_quality: 50 }, write);
    expect((await settings.config(qwen)).config.output_quality).toBe(50);
  });

  it("of an unknown model lists the known ones", async () => {
    const { settings } = await settingsWith();
    for (const call of [
      settings.config("acme/none" as typeof qwen),
      settings.saveConfig("acme/none" as typeof qwen, {}, write),
      settings.resetConfig("acme/none" as typeof qwen, write),
      settings.explain({ modelId: "acme/none" as typeof qwen }),
      settings.history({ setting: "config", modelId: "acme/none" as typeof qwen }),
    ]) {
      expect(UnknownModelError.is(await rejection(call))).toBe(true);
    }
  });
});

describe("saveConfig", () => {
  it("stores the given fields and no others", async () => {
    const { settings, store } = await settingsWith();
    const { version, warnings } = await settings.saveConfig(qwen, { output_quality: 70, go_fast: undefined, seed: null }, write);
    expect([version, warnings]).toEqual([1, []]);
    expect((await store.getMany([key])).get(key)?.value).toEqual({ modelId: qwen, config: { output_quality: 70 } });
    await settings.saveConfig(qwen, { go_fast: false }, { ...write, expectedVersion: 1 });
    expect((await store.getMany([key])).get(key)?.value).toEqual({ modelId: qwen, config: { go_fast: false } });
    await settings.saveConfig(qwen, { seed: null }, { ...write, projectId: "p" });
    const ofProject = await store.getMany([`project/p/${key}`]);
    expect(ofProject.get(`project/p/${key}`)?.value).toEqual({ modelId: qwen, config: { seed: null } });
  });

  it("takes a whole config, which inherits nothing", async () => {
    const { settings } = await settingsWith({ [key]: { modelId: qwen, config: { seed: 42 } } });
    await settings.saveConfig(qwen, QwenConfig.defaults().with({ output_quality: 33 }), { ...write, projectId: "p" });
    expect((await settings.config(qwen)).config.seed).toBe(42);
    const { config } = await settings.config(qwen, { projectId: "p" });
    expect(config.toMap()).toEqual(QwenConfig.defaults().with({ output_quality: 33 }).toMap());
  });

  it("keeps stored fields that this release does not know, and says so", async () => {
    const stored = JSON.parse(`{"modelId":"${qwen}","config":{"__proto__":{"x":1},"turbo":[1,2],"output_quality":10,"go_fast":false}}`);
    const { settings, store } = await settingsWith({ [key]: stored });
    const { warnings } = await settings.saveConfig(qwen, { output_quality: 20 }, write);
    expect(warnings.map(({ code, field, origin }) => [code, field, origin])).toEqual([
      ["unknown_stored_field", "__proto__", "global"],
      ["unknown_stored_field", "turbo", "global"],
    ]);
    const text = JSON.stringify((await store.getMany([key])).get(key)?.value);
    expect(text).toBe(`{"modelId":"${qwen}","config":{"output_quality":20,"__proto__":{"x":1},"turbo":[1,2]}}`);
    expect((await settings.config(qwen)).warnings).toEqual(warnings);
    await settings.resetConfig(qwen, write);
    await settings.saveConfig(qwen, { output_quality: 20 }, write);
    expect((await settings.config(qwen)).warnings).toEqual([]);
  });

  it("warns of what will not do what was meant", async () => {
    const { settings } = await settingsWith();
    const { warnings } = await settings.saveConfig(pro, { num_outputs: 3, safety_tolerance: 5 }, write);
    expect(warnings.map(({ code, field, origin }) => [code, field, origin])).toEqual([
      ["past_documented_limit", "safety_tolerance", "global"],
      ["no_effect", "num_outputs", "global"],
    ]);
  });

  it("refuses with every problem at once, and stores nothing", async () => {
    const { settings, store } = await settingsWith();
    const bad = { safety_tolerance: 9, output_quality: 0, output_format: "webp", colour: "red" } as const;
    const rules = await rejection(settings.saveConfig(pro, bad as never, write));
    expect(InvalidConfigError.is(rules) && rules.problems.map(({ field }) => field).sort()).toEqual([
      "colour",
      "output_format",
      "output_quality",
      "safety_tolerance",
    ]);
    const refused = await rejection(settings.saveConfig(pro, { output_format: "webp" }, write));
    expect(InvalidInputError.is(refused) && refused.message).toContain("jpg, png");
    const polluted = await rejection(settings.saveConfig(pro, JSON.parse('{"__proto__":{"safety_tolerance":1}}'), write));
    expect(InvalidConfigError.is(polluted) && polluted.problems[0]?.field).toBe("__proto__");
    for (const patch of [null, [], "{}", 7, QwenConfig.defaults()]) {
      expect(InvalidConfigError.is(await rejection(settings.saveConfig(pro, patch as never, write)))).toBe(true);
    }
    expect((await store.history("model_config_flux_kontext_pro")).versions).toEqual([]);
  });

  it("checks a project's config together with the global one", async () => {
    const { settings } = await settingsWith({ model_config_flux_kontext_pro: { modelId: pro, config: { output_format: "webp" } } });
    const error = await rejection(settings.saveConfig(pro, { safety_tolerance: 1 }, { ...write, projectId: "p" }));
    expect(InvalidStoredSettingError.is(error) && error.key).toBe("model_config_flux_kontext_pro");
    await settings.saveConfig(pro, { safety_tolerance: 1, output_format: "png" }, { ...write, projectId: "p" });
    await settings.saveConfig(pro, FluxKontextConfig.defaults(), write);
  });

  it("lets the second of two admins know", async () => {
    const { settings } = await settingsWith();
    await settings.saveConfig(qwen, { output_quality: 1 }, { ...write, expectedVersion: 0 });
    const error = await rejection(settings.saveConfig(qwen, { output_quality: 2 }, { ...write, expectedVersion: 0 }));
    expect(VersionConflictError.is(error) && [error.key, error.currentVersion]).toEqual([key, 1]);
    const reset = await rejection(settings.resetConfig(qwen, { ...write, expectedVersion: 0 }));
    expect(VersionConflictError.is(reset)).toBe(true);
  });

  it("keeps projects with strange names apart", async () => {
    const { settings } = await settingsWith();
    const ids = ["a", "A", "a%", "a_", "__proto__", "é", "e\u0301", "🛋", "global", ".."];
    for (const [index, projectId] of ids.entries()) await settings.saveConfig(qwen, { seed: index }, { ...write, projectId });
    for (const [index, projectId] of ids.entries()) expect((await settings.config(qwen, { projectId })).config.seed).toBe(index);
    expect((await settings.config(qwen)).config.seed ?? null).toBeNull();
  });
});

it("resetConfig gives the defaults back, and keeps counting", async () => {
  const { settings } = await settingsWith();
  expect(await settings.resetConfig(qwen, write)).toBeNull();
  await settings.saveConfig(qwen, { output_quality: 1 }, write);
  expect(await settings.resetConfig(qwen, write)).toBe(2);
  expect((await settings.config(qwen)).config.output_quality).toBe(80);
  expect((await settings.saveConfig(qwen, { output_quality: 1 }, { ...write, expectedVersion: 0 })).version).toBe(3);
});
