import { expectTypeOf, it } from "vitest";
import { defineModel } from "../../src/model/define-model.ts";
import type { AnyModel } from "../../src/model/model.ts";
import type { Origin } from "../../src/model/warning.ts";
import { FluxKontextConfig } from "../../src/models/flux-kontext-config.ts";
import { qwenImageEdit } from "../../src/models/models.ts";
import { QwenConfig } from "../../src/models/qwen-config.ts";
import { ModelId, registry } from "../../src/models/registry.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { SettingsReader } from "../../src/settings/settings.ts";
import type { SettingsSnapshot } from "../../src/settings/settings-snapshot.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";

const store = memoryConfigStore();
const settings = createSettings({ store });
const write = { author: { name: "Ada" } };
const pro = ModelId.FluxKontextPro;

it("knows the ids of its models", () => {
  settings.setActive(pro, write);
  // @ts-expect-error no such model
  settings.setActive("acme/none", write);
  // @ts-expect-error no such model
  settings.config("acme/none");
  // @ts-expect-error no such model
  settings.history({ setting: "config", modelId: "acme/none" });
  // @ts-expect-error a config's history is one model's
  settings.history({ setting: "config" });
  // @ts-expect-error no such model
  createSettings({ store, defaultModelId: "acme/none" });
  expectTypeOf(settings.active()).resolves.toHaveProperty("modelId").toEqualTypeOf<ModelId>();
});

it("knows the fields of each model's config", () => {
  settings.saveConfig(pro, { safety_tolerance: 2, seed: null, output_format: undefined }, write);
  settings.saveConfig(pro, FluxKontextConfig.defaults(), write);
  // @ts-expect-error a field of another model
  settings.saveConfig(pro, { go_fast: true }, write);
  // @ts-expect-error a value of another type
  settings.saveConfig(pro, { safety_tolerance: "2" }, write);
  // @ts-expect-error no such value
  settings.saveConfig(pro, { output_format: "gif" }, write);
  // @ts-expect-error cannot be unset
  settings.saveConfig(pro, { safety_tolerance: null }, write);
  // @ts-expect-error a config of another model
  settings.saveConfig(pro, QwenConfig.defaults(), write);
  // @ts-expect-error a config of another model
  settings.explain({ modelId: pro, config: QwenConfig.defaults() });
  // @ts-expect-error a field of another model
  settings.explain({ modelId: pro, config: { go_fast: true } });
  settings.explain({ config: { seed: 1 } });
});

it("types what it gives", () => {
  expectTypeOf(settings.config(pro)).resolves.toHaveProperty("config").toEqualTypeOf<FluxKontextConfig>();
  expectTypeOf(settings.config(ModelId.QwenImageEdit)).resolves.toHaveProperty("config").toEqualTypeOf<QwenConfig>();
  expectTypeOf(settings.config(ModelId.QwenImageEdit)).resolves.toHaveProperty("origins").toHaveProperty("go_fast").toEqualTypeOf<Origin>();
});

it("wants an author for every write", () => {
  // @ts-expect-error nobody
  settings.setActive(pro);
  // @ts-expect-error nobody
  settings.saveConfig(pro, {}, {});
  // @ts-expect-error an author has a name
  settings.resetConfig(pro, { author: { id: "0b9d3a5e-1f52-4c7c-9e57-3d0f5a1b2c3d" } });
  // @ts-expect-error no reason
  settings.pause(write);
});

it("is as open as its registry", () => {
  const mine = defineModel({ ...qwenImageEdit, id: "acme/stager", settingsKey: "acme_stager" });
  const own = createSettings({ store, registry: registry.register(mine), defaultModelId: "acme/stager" });
  own.setActive("acme/stager", write);
  expectTypeOf(own.config("acme/stager")).resolves.toHaveProperty("config").toEqualTypeOf<QwenConfig>();
  expectTypeOf(own).toExtend<SettingsReader>();
  const any = createSettings<AnyModel>({ store });
  any.saveConfig("any/model", { any_field: 1 }, write);
  expectTypeOf(any.read()).resolves.toEqualTypeOf<SettingsSnapshot>();
});
