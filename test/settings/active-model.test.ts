import { describe, expect, it } from "vitest";
import { InvalidSettingError } from "../../src/errors/invalid-setting-error.ts";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import { ModelUnavailableError } from "../../src/errors/model-unavailable-error.ts";
import { UnknownModelError } from "../../src/errors/unknown-model-error.ts";
import { VersionConflictError } from "../../src/errors/version-conflict-error.ts";
import { defineModel } from "../../src/model/define-model.ts";
import { createRegistry } from "../../src/model/registry.ts";
import { fluxKontextPro, qwenImageEdit } from "../../src/models/models.ts";
import { registry } from "../../src/models/registry.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { resolveSettings } from "../../src/settings/resolve-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { author, pro, qwen, rejection, seedream3, seedream4, settingsWith, write } from "./helpers.ts";

const retired = defineModel({
  ...fluxKontextPro,
  lifecycle: { status: "retired", since: "2026-11-01", reason: "closed", replacement: qwen },
});

describe("active", () => {
  it("is the default until somebody chooses, then the project's before the global one", async () => {
    const { settings } = await settingsWith();
    expect(await settings.active()).toEqual({ modelId: qwen, origin: "default", version: null });
    expect(await settings.setActive(pro, write)).toEqual({ modelId: pro, origin: "global", version: 1 });
    expect(await settings.setActive(seedream4, { ...write, projectId: "p" })).toEqual({
      modelId: seedream4,
      origin: "project",
      version: 1,
    });
    expect(await settings.active()).toEqual({ modelId: pro, origin: "global", version: 1 });
    expect(await settings.active({ projectId: "p" })).toEqual({ modelId: seedream4, origin: "project", version: 1 });
    expect(await settings.active({ projectId: "other" })).toEqual({ modelId: pro, origin: "global", version: 1 });
    expect(await settings.resetActive({ ...write, projectId: "p" })).toBe(2);
    expect(await settings.active({ projectId: "p" })).toEqual({ modelId: pro, origin: "global", version: 1 });
    expect(await settings.resetActive({ ...write, projectId: "p" })).toBeNull();
  });

  it("has the default that it is told", async () => {
    const settings = createSettings({ store: memoryConfigStore(), defaultModelId: pro });
    expect((await settings.active()).modelId).toBe(pro);
    const mine = createRegistry([fluxKontextPro]);
    expect(() => createSettings({ store: memoryConfigStore(), registry: mine })).toThrow(/Unknown model "qwen/);
  });

  it("meets a stored choice that cannot stage with an error that names it and the way out", async () => {
    const cases = [
      { active: "acme/gone", reason: "unknown" },
      { active: seedream3, reason: "takes_no_photo" },
      { active: seedream4, reason: "invalid_config", config: { max_images: 0, aspect_ratio: "custom" } },
    ] as const;
    for (const { active, reason, ...rest } of cases) {
      const config = "config" in rest ? { model_config_seedream_4: { modelId: active, config: rest.config } } : {};
      const { settings } = await settingsWith({ "project/p/active_model": active, ...config });
      const error = await rejection(settings.active({ projectId: "p" }));
      expect(ModelUnavailableError.is(error) && [error.modelId, error.reason, error.key]).toEqual([
        active,
        reason,
        "project/p/active_model",
      ]);
      expect(error.message).toContain('"project/p/active_model"');
      expect(error.message).toContain("settings.setActive(…)");
      await settings.active();
    }
  });

  it("meets a stored retired model likewise, in a staging too", async () => {
    const store = memoryConfigStore();
    await store.put("active_model", pro, write);
    const settings = createSettings({ store, registry: registry.replace(retired) });
    for (const error of [
      await rejection(settings.active()),
      await rejection(settings.read().then((snapshot) => resolveSettings(snapshot))),
    ]) {
      expect(ModelUnavailableError.is(error) && [error.reason, error.key]).toEqual(["retired", "active_model"]);
      expect(error.message).toContain(`closed; use ${qwen}`);
    }
  });

  it("meets a stored choice that is no id with an InvalidStoredSettingError", async () => {
    for (const value of [null, 7, "", { modelId: qwen }, [qwen]]) {
      const { settings } = await settingsWith({ active_model: value });
      const error = await rejection(settings.active());
      expect(InvalidStoredSettingError.is(error) && error.key).toBe("active_model");
      expect(error.message).toContain("settings.setActive(…)");
    }
  });
});

describe("setActive refuses, and stores nothing", () => {
  it.each([
    ["a model that takes no photo", seedream3, "takes_no_photo", {}],
    ["a model whose stored config breaks the rules", pro, "invalid_config", { safety_tolerance: 7 }],
    ["a model whose stored config it refuses", pro, "invalid_config", { output_format: "webp" }],
  ] as const)("%s", async (_, modelId, reason, config) => {
    const { settings, store } = await settingsWith({ model_config_flux_kontext_pro: { modelId: pro, config } });
    const error = await rejection(settings.setActive(modelId, write));
    expect(ModelUnavailableError.is(error) && [error.reason, error.modelId, error.key]).toEqual([reason, modelId, null]);
    expect(ModelUnavailableError.is(error) && error.problems.length).toBeGreaterThan(0);
    expect((await store.history("active_model")).versions).toEqual([]);
  });

  it("a retired model", async () => {
    const settings = createSettings({ store: memoryConfigStore(), registry: registry.replace(retired) });
    const error = await rejection(settings.setActive(pro, write));
    expect(ModelUnavailableError.is(error) && error.reason).toBe("retired");
    const requested = await rejection(settings.read().then((snapshot) => resolveSettings(snapshot, { modelId: pro })));
    expect(ModelUnavailableError.is(requested) && [requested.reason, requested.key]).toEqual(["retired", null]);
  });

  it("a model with two reasons, both said", async () => {
    const { settings } = await settingsWith();
    const error = await rejection(settings.setActive(seedream3, write));
    expect(ModelUnavailableError.is(error) && error.problems).toHaveLength(2);
  });

  it("a stored config of another model", async () => {
    const { settings } = await settingsWith({ model_config_flux_kontext_pro: { modelId: qwen, config: {} } });
    const error = await rejection(settings.setActive(pro, write));
    expect(ModelUnavailableError.is(error) && error.reason).toBe("invalid_config");
    expect(error.message).toContain("settings.saveConfig(…)");
  });

  it("an unknown model, with the known ones", async () => {
    const { settings } = await settingsWith();
    const error = await rejection(settings.setActive("acme/none" as typeof qwen, write));
    expect(UnknownModelError.is(error) && error.knownModelIds).toContain(qwen);
  });

  it("a version that is not the stored one, a missing author, an id that is no uuid, a bad project id", async () => {
    const { settings } = await settingsWith();
    await settings.setActive(pro, { ...write, expectedVersion: 0 });
    const conflict = await rejection(settings.setActive(qwen, { ...write, expectedVersion: 0 }));
    expect(VersionConflictError.is(conflict) && conflict.currentVersion).toBe(1);
    expect(InvalidSettingError.is(await rejection(settings.setActive(qwen, undefined as never)))).toBe(true);
    expect(InvalidSettingError.is(await rejection(settings.setActive(qwen, { author: { ...author, id: "7" } })))).toBe(true);
    for (const projectId of ["", "a/b", "a\nb", "p".repeat(129), "\ud800", null as never, 7 as never]) {
      expect(InvalidSettingError.is(await rejection(settings.setActive(qwen, { ...write, projectId })))).toBe(true);
      expect(InvalidSettingError.is(await rejection(settings.active({ projectId })))).toBe(true);
    }
    expect(await settings.active()).toEqual({ modelId: pro, origin: "global", version: 1 });
  });

  it("but takes a model that only the project's config puts right", async () => {
    const { settings } = await settingsWith({
      model_config_flux_kontext_pro: { modelId: pro, config: { output_format: "webp" } },
      "project/p/model_config_flux_kontext_pro": { modelId: pro, config: { output_format: "jpg" } },
    });
    await settings.setActive(pro, { ...write, projectId: "p" });
    expect((await settings.active({ projectId: "p" })).modelId).toBe(pro);
  });
});

it("serves models of the service's own", async () => {
  const mine = defineModel({ ...qwenImageEdit, id: "acme/stager", settingsKey: "acme_stager" });
  const settings = createSettings({ store: memoryConfigStore(), registry: registry.register(mine) });
  await settings.saveConfig("acme/stager", { output_quality: 60 }, write);
  await settings.setActive("acme/stager", write);
  const { model, config } = resolveSettings(await settings.read());
  expect([model.id, config.output_quality]).toEqual(["acme/stager", 60]);
});
