import { expect, it } from "vitest";
import { defineModel } from "../../src/model/define-model.ts";
import type { AnyModel } from "../../src/model/model.ts";
import type { Registry } from "../../src/model/registry.ts";
import { seedream3 as seedream3Model } from "../../src/models/models.ts";
import { registry } from "../../src/models/registry.ts";
import { checkPaused } from "../../src/settings/check-paused.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { explainSettings } from "../../src/settings/explain-settings.ts";
import { resolveSettings } from "../../src/settings/resolve-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { counting, pro, qwen, seedream3, settingsWith, write } from "./helpers.ts";

it("reads all that a staging needs in one call of the store", async () => {
  const inner = memoryConfigStore();
  const { store, calls } = counting(inner);
  const settings = createSettings({ store });
  await inner.put("active_model", pro, write);
  await inner.put("project/p/model_config_flux_kontext_pro", { modelId: pro, config: { safety_tolerance: 1 } }, write);
  const snapshot = await settings.read({ projectId: "p" });
  checkPaused(snapshot);
  for (const { id } of registry.list()) if (id !== seedream3) resolveSettings(snapshot, { modelId: id });
  const { model, modelOrigin, modelVersion, config, versions } = resolveSettings(snapshot, { config: { seed: 3 } });
  expect(config.toMap()).toMatchObject({ safety_tolerance: 1, seed: 3 });
  expect([model.id, modelOrigin, modelVersion, versions]).toEqual([pro, "global", 1, { global: null, project: 1 }]);
  expect(explainSettings(snapshot).modelId).toBe(pro);
  expect(calls).toEqual(["getMany"]);
});

it("stays as it was read", async () => {
  const { settings } = await settingsWith();
  await settings.setActive(pro, write);
  const snapshot = await settings.read();
  await settings.setActive(qwen, write);
  expect(resolveSettings(snapshot).model.id).toBe(pro);
  expect(Object.isFrozen(snapshot)).toBe(true);
});

it("is not stopped by what a staging does not use", async () => {
  const { settings } = await settingsWith({ model_config_seedream_4: "broken", "project/p/active_model": 7, "project/p/pause": 7 });
  const snapshot = await settings.read();
  checkPaused(snapshot);
  expect(resolveSettings(snapshot).model.id).toBe(qwen);
});

it("resolves a requested model that takes no photo, and leaves the refusal of the photo to the builder", async () => {
  const textOnly: AnyModel = defineModel({ ...seedream3Model, lifecycle: { status: "active" } });
  const settings = createSettings<AnyModel>({ store: memoryConfigStore(), registry: registry.replace(textOnly) as Registry });
  const { model, config } = resolveSettings(await settings.read(), { modelId: seedream3 });
  expect(() => model.buildInput({ prompt: "A room", config, imageUrl: "https://example.com/room.jpg" })).toThrow(/takes no photo/);
});
