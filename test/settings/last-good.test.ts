import { describe, expect, it } from "vitest";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import { ModelUnavailableError } from "../../src/errors/model-unavailable-error.ts";
import { checkPaused } from "../../src/settings/check-paused.ts";
import type { ConfigStore } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { Json } from "../../src/settings/json.ts";
import { resolveSettings } from "../../src/settings/resolve-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { request, setTheStage } from "../client/helpers.ts";
import { counting, pro, qwen, rejection, seedream3, seedream4, write } from "./helpers.ts";

const key = "model_config_qwen";
const gone = Symbol("a deletion");

/** Settings that use the last good version, over documents with a history. */
async function lastGood(histories: Readonly<Record<string, readonly (Json | typeof gone)[]>>) {
  const inner = memoryConfigStore();
  for (const [name, values] of Object.entries(histories)) {
    for (const value of values) await (value === gone ? inner.delete(name, write) : inner.put(name, value, write));
  }
  const { store, calls } = counting(inner);
  const settings = createSettings({ store, onInvalid: "last_good" });
  const resolve = async (projectId?: string) => resolveSettings(await settings.read({ projectId }));
  return { settings, store: inner, calls, resolve, strict: createSettings({ store: inner }) };
}

const quality = (output_quality: Json): Json => ({ modelId: qwen, config: { output_quality } });

describe("a config that cannot be used", () => {
  it.each([
    ["a list", []],
    ["a text", "webp"],
    ["null", null],
    ["a config of another model", { modelId: pro, config: {} }],
    ["a value out of range", quality(900)],
  ] satisfies readonly (readonly [string, Json])[])("since it is %s is replaced by the version before, with a warning", async (_, bad) => {
    const { settings, resolve, strict } = await lastGood({ [key]: [quality(10), quality(20), bad] });
    const { config, versions, warnings, origins } = await resolve();
    expect([config.toMap().output_quality, versions.global, origins.output_quality]).toEqual([20, 2, "global"]);
    expect(warnings).toMatchObject([{ severity: "warning", code: "earlier_version", field: key }]);
    expect(warnings[0]?.reason).toBe(`Version 3 of the setting "${key}" cannot be used: version 2 stands in for it`);
    expect((await settings.explain()).warnings).toEqual(warnings);
    // Whoever looks at the setting itself sees the error, as everybody does without the option.
    for (const broken of [settings.config(qwen), strict.config(qwen), strict.explain()]) {
      expect(InvalidStoredSettingError.is(await rejection(broken))).toBe(true);
    }
  });

  it("is replaced by the newest version that can be used, however far back", async () => {
    const { resolve, calls } = await lastGood({
      [key]: [quality(10), quality(20), ...Array.from({ length: 150 }, (_, index) => quality(200 + index))],
    });
    expect((await resolve()).config.toMap().output_quality).toBe(20);
    expect(calls).toEqual(["getMany", "history", "history"]);
    const { config, warnings } = await resolve();
    expect([config.toMap().output_quality, warnings[0]?.reason]).toEqual([20, expect.stringContaining("Version 152 ")]);
    expect(calls).toEqual(["getMany", "history", "history", "getMany"]);
  });

  it("is looked for once, also where there is none", async () => {
    const { resolve, calls, store } = await lastGood({ [key]: [quality(900), []] });
    for (let time = 0; time < 3; time += 1) expect(InvalidStoredSettingError.is(await rejection(resolve()))).toBe(true);
    expect(calls).toEqual(["getMany", "history", "getMany", "getMany"]);
    // With another layer, another version may do.
    await store.put(`project/p/${key}`, quality(30), write);
    expect((await resolve("p")).versions).toEqual({ global: 1, project: 1 });
    expect(calls.slice(4)).toEqual(["getMany", "history"]);
  });

  it("falls back to nothing stored where that was so before, and never where there is no version before", async () => {
    const deleted = await lastGood({ [key]: [quality(10), gone, []] });
    const { origins, versions, warnings } = await deleted.resolve();
    expect([origins.output_quality, versions.global]).toEqual(["default", null]);
    expect(warnings[0]?.reason).toContain("version 2 (a deletion) stands in");
    const first = await lastGood({ [key]: [quality(900), []], "project/p/active_model": [pro] });
    const error = await rejection(first.resolve());
    expect(InvalidStoredSettingError.is(error) && [error.key, error.problems[0]?.field]).toEqual([key, "(value)"]);
    expect((await first.resolve("p")).model.id).toBe(pro);
  });

  it("is found among the layers: the project's, the global one, or both", async () => {
    const { resolve } = await lastGood({
      [key]: [quality(10), { modelId: qwen, config: { output_format: "gif" } }],
      [`project/both/${key}`]: [quality(30), quality(900)],
      [`project/own/${key}`]: [quality(40), { modelId: qwen, config: { output_format: "png" } }],
      [`project/over/${key}`]: [{ modelId: qwen, config: { output_format: 1 } }],
    });
    const both = await resolve("both");
    expect([both.config.toMap().output_quality, both.versions]).toEqual([30, { global: 1, project: 1 }]);
    expect(both.warnings.map(({ field }) => field).sort()).toEqual([key, `project/both/${key}`]);
    // What the project sets itself is no business of the global config.
    const own = await resolve("own");
    expect(own.config.toMap()).toMatchObject({ output_format: "png" });
    expect([own.versions, own.warnings]).toEqual([{ global: 2, project: 2 }, []]);
    expect(InvalidStoredSettingError.is(await rejection(resolve("over")))).toBe(true);
  });

  it("is used again as soon as it is repaired, and warns of nothing where it is not used", async () => {
    const { settings, resolve } = await lastGood({ [key]: [quality(10), []], active_model: [pro] });
    expect((await resolve()).warnings.filter(({ code }) => code === "earlier_version")).toEqual([]);
    await settings.setActive(pro, write);
    await settings.saveConfig(qwen, { output_quality: 50 }, write);
    const { config, warnings } = resolveSettings(await settings.read(), { modelId: qwen });
    expect([config.toMap().output_quality, warnings]).toEqual([50, []]);
  });

  it("stays an error while the history cannot be read, and harms no other model", async () => {
    const { store } = await lastGood({ [key]: [quality(10), []], "project/p/active_model": [seedream4] });
    let isAway = true;
    const history: ConfigStore["history"] = (...call) => (isAway ? Promise.reject(new Error("away")) : store.history(...call));
    const settings = createSettings({ store: { ...store, history }, onInvalid: "last_good" });
    const snapshot = await settings.read();
    expect(() => resolveSettings(snapshot)).toThrow(InvalidStoredSettingError);
    expect(resolveSettings(await settings.read({ projectId: "p" })).model.id).toBe(seedream4);
    isAway = false;
    expect(resolveSettings(await settings.read()).config.toMap()).toMatchObject({ output_quality: 10 });
  });
});

describe("an active model that cannot be used", () => {
  it.each([
    ["no model id", 7],
    ["empty", ""],
    ["not registered", "acme/none"],
    ["retired", seedream3],
  ])("since it is %s is replaced by the choice before, with a warning", async (_, bad) => {
    const { resolve, strict } = await lastGood({ active_model: [pro, bad] });
    const { model, modelOrigin, modelVersion, warnings } = await resolve();
    expect([model.id, modelOrigin, modelVersion]).toEqual([pro, "global", 1]);
    expect(warnings[0]).toMatchObject({ code: "earlier_version", field: "active_model" });
    const error = await rejection(strict.active());
    expect(ModelUnavailableError.is(error) || InvalidStoredSettingError.is(error)).toBe(true);
    expect(error.message).toContain('"active_model"');
    expect(error.message).toContain("settings.setActive(…), settings.resetActive(…)");
  });

  it("of a project falls back to the global one where it had none", async () => {
    const { settings, resolve } = await lastGood({ active_model: [pro], "project/p/active_model": [qwen, gone, 7] });
    expect(await resolve("p")).toMatchObject({ model: { id: pro }, modelOrigin: "global", warnings: [{ code: "earlier_version" }, {}] });
    const named = resolveSettings(await settings.read({ projectId: "p" }), { modelId: qwen });
    expect(named.warnings).toEqual([]);
  });
});

it("never goes past a pause that is broken", async () => {
  const { settings } = await lastGood({ pause: [{ reason: "audit" }, gone, { reason: "" }] });
  const snapshot = await settings.read();
  expect(() => checkPaused(snapshot)).toThrow(/Invalid stored setting "pause"/);
});

it("says so on the plan and on the run, which is paid for only where the service chose that", async () => {
  const { settings, strict } = await lastGood({ [key]: [quality(10), []] });
  const { client, simulator } = await setTheStage({ settings });
  const reason = `Version 2 of the setting "${key}" cannot be used: version 1 stands in for it`;
  expect((await client.plan(request)).warnings).toMatchObject([{ reason }]);
  expect(await client.stage(request)).toMatchObject({
    warnings: [{ reason }],
    configVersions: { global: 1 },
    config: { output_quality: 10 },
  });
  const refused = await setTheStage({ settings: strict });
  const error = await rejection(refused.client.stage(request));
  expect(InvalidStoredSettingError.is(error) && [error.key, error.billed]).toEqual([key, "no"]);
  expect([simulator.predictions.length, refused.simulator.requests.length]).toEqual([1, 0]);
});
