import { describe, expect, it } from "vitest";
import { InvalidSettingError } from "../../src/errors/invalid-setting-error.ts";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import { UnknownModelError } from "../../src/errors/unknown-model-error.ts";
import { VersionConflictError } from "../../src/errors/version-conflict-error.ts";
import type { Price } from "../../src/model/price.ts";
import { qwenImageEdit } from "../../src/models/qwen-image-edit.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { Json } from "../../src/settings/json.ts";
import { resolveSettings } from "../../src/settings/resolve-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { author, counting, qwen, rejection, settingsWith, write } from "./helpers.ts";

const own: Price = { per: "second", microUsd: 1_400, asOf: "2026-11-20", source: "our contract", failed: "free" };

it("is the model's own until the owner sets one, and again afterwards", async () => {
  const { settings, store } = await settingsWith();
  const first = { price: qwenImageEdit.price, origin: "default", version: null };
  expect(await settings.price(qwen)).toEqual(first);
  expect(await settings.setPrice(qwen, own, { ...write, note: "new contract" })).toEqual({ price: own, origin: "global", version: 1 });
  expect(await settings.price(qwen)).toEqual({ price: own, origin: "global", version: 1 });
  expect((await store.getMany(["price_qwen"])).get("price_qwen")).toMatchObject({ value: { modelId: qwen, price: own }, author });
  expect(await settings.resetPrice(qwen, write)).toBe(2);
  expect(await settings.price(qwen)).toEqual(first);
  expect(await settings.resetPrice(qwen, write)).toBeNull();
});

it("is read with the rest of a staging in one call, for every project", async () => {
  const { store, calls } = counting(memoryConfigStore());
  const settings = createSettings({ store });
  await settings.setPrice(qwen, own, write);
  const snapshot = await settings.read({ projectId: "p" });
  expect(calls).toEqual(["put", "getMany"]);
  expect(resolveSettings(snapshot)).toMatchObject({ price: { price: own, origin: "global", version: 1 } });
});

it("has a history, goes back, and is exported and imported", async () => {
  const { settings } = await settingsWith();
  const target = { setting: "price", modelId: qwen } as const;
  await settings.setPrice(qwen, own, write);
  await settings.setPrice(qwen, { ...own, microUsd: 9 }, write);
  await settings.rollback(target, 1, write);
  expect((await settings.price(qwen)).price).toEqual(own);
  const { versions } = await settings.history(target);
  expect(versions.map(({ version, note }) => [version, note])).toEqual([
    [3, "Back to version 1"],
    [2, null],
    [1, null],
  ]);
  const other = createSettings({ store: memoryConfigStore() });
  expect((await other.import(await settings.export(), write)).counts).toMatchObject({ written: 1, refused: 0 });
  expect((await other.price(qwen)).price).toEqual(own);
});

describe("a price that is none", () => {
  it.each<[string, unknown]>([
    ["microUsd", { ...own, microUsd: -1 }],
    ["microUsd", { ...own, microUsd: 0.1 }],
    ["asOf", { ...own, asOf: undefined }],
    ["(value)", null],
    ["(value)", undefined],
    ["until", { ...own, until: "2027" }],
  ])("with a wrong %s is refused, and nothing changes", async (field, price) => {
    const { settings, store } = await settingsWith();
    const error = await rejection(settings.setPrice(qwen, price as never, write));
    expect(error).toBeInstanceOf(InvalidSettingError);
    expect(error.message).toContain(`- ${field}: `);
    expect((await store.list("")).documents).toEqual([]);
  });

  it("stops a staging where it is stored, is named by the audit, and is no import", async () => {
    for (const value of [null, {}, { modelId: qwen, price: { ...own, microUsd: 1.5 } }, { modelId: "acme/other", price: own }]) {
      const { settings } = await settingsWith({ price_qwen: value as Json });
      const snapshot = await settings.read();
      expect(() => resolveSettings(snapshot)).toThrow(InvalidStoredSettingError);
      expect(() => resolveSettings(snapshot)).toThrow(/settings\.setPrice.*settings\.resetPrice/);
      expect(() => resolveSettings(snapshot, { modelId: "black-forest-labs/flux-kontext-pro" })).not.toThrow();
      expect((await settings.audit()).rows).toMatchObject([{ setting: "price", modelId: qwen, verdict: "refused", unknownFields: [] }]);
      const other = createSettings({ store: memoryConfigStore() });
      expect((await other.import(await settings.export(), write)).counts).toMatchObject({ written: 0, refused: 1 });
    }
  });

  it("has an earlier one stand in for it, where the owner wants that", async () => {
    const { settings, store } = await settingsWith();
    await settings.setPrice(qwen, own, write);
    await store.put("price_qwen", { modelId: qwen, price: "free" }, write);
    const lenient = createSettings({ store, onInvalid: "last_good" });
    const { price, warnings } = resolveSettings(await lenient.read());
    expect(price).toEqual({ price: own, origin: "global", version: 1 });
    expect(warnings).toMatchObject([{ code: "earlier_version", field: "price_qwen" }]);
    expect((await settings.audit()).counts).toMatchObject({ refused: 1 });
  });
});

it("belongs to no project: naming one by mistake changes nobody's", async () => {
  const { settings, store } = await settingsWith();
  const ofProject = { ...write, projectId: "p" };
  expect(await rejection(settings.setPrice(qwen, own, ofProject))).toBeInstanceOf(InvalidSettingError);
  expect(await rejection(settings.resetPrice(qwen, ofProject))).toBeInstanceOf(InvalidSettingError);
  expect(await rejection(settings.history({ setting: "price", modelId: qwen, projectId: "p" } as never))).toBeInstanceOf(
    InvalidSettingError,
  );
  await store.put("project/p/price_qwen", { modelId: qwen, price: { ...own } }, write);
  expect((await settings.audit()).rows).toMatchObject([{ verdict: "unknown" }]);
});

it("wants a known model, and the version that the caller saw", async () => {
  const { settings } = await settingsWith();
  expect(await rejection(settings.setPrice("acme/none" as never, own, write))).toBeInstanceOf(UnknownModelError);
  expect(await rejection(settings.price("acme/none" as never))).toBeInstanceOf(UnknownModelError);
  await settings.setPrice(qwen, own, { ...write, expectedVersion: 0 });
  expect(await rejection(settings.setPrice(qwen, own, { ...write, expectedVersion: 0 }))).toBeInstanceOf(VersionConflictError);
});
