import { describe, expect, it } from "vitest";
import { InvalidSettingError } from "../../src/errors/invalid-setting-error.ts";
import type { ConfigStore } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { ImportResult } from "../../src/settings/import-settings.ts";
import type { Json } from "../../src/settings/json.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { author, pro, qwen, rejection, settingsWith, write } from "./helpers.ts";

const documents: Readonly<Record<string, Json>> = {
  active_model: pro,
  model_config_flux_kontext_pro: { modelId: pro, config: { safety_tolerance: 2, turbo: { b: 1, a: [null] } } },
  "project/p/active_model": qwen,
  "project/p/model_config_qwen": { modelId: qwen, config: { seed: null } },
  "project/p/pause": { reason: "audit" },
  "something else": [1, "two"],
};

const valuesOf = async (store: ConfigStore) => Object.fromEntries((await store.list("")).documents.map(({ key, value }) => [key, value]));
const outcomesOf = ({ rows }: Awaited<ReturnType<ReturnType<typeof createSettings>["import"]>>) =>
  Object.fromEntries(rows.map(({ key, outcome }) => [key, outcome]));

it("carries all settings of all projects into another store, as plain JSON, once", async () => {
  const { settings, store } = await settingsWith(documents);
  const exported = await settings.export();
  expect(exported).toMatchObject({ format: 1, exportedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(exported.documents).toEqual((await store.list("")).documents);
  const text = JSON.stringify(exported);
  const target = await settingsWith();
  const { counts, rows } = await target.settings.import(JSON.parse(text), { author });
  expect(counts).toEqual({ written: 6, unchanged: 0, ready: 0, refused: 0, conflict: 0 });
  expect(rows.map(({ version }) => version)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(rows[1]?.warnings.map(({ code }) => code)).toEqual(["unknown_stored_field"]);
  expect(await valuesOf(target.store)).toEqual(documents);
  const [newest] = (await target.store.history("active_model")).versions;
  expect([newest?.author, newest?.note]).toEqual([author, "Imported"]);
  const again = await target.settings.import(JSON.parse(text), { author });
  expect(again.counts).toEqual({ written: 0, unchanged: 6, ready: 0, refused: 0, conflict: 0 });
  expect((await target.store.trail()).versions).toHaveLength(6);
});

it("knows an unchanged value whatever the order of its properties, and leaves alone what the export has not", async () => {
  const { settings, store } = await settingsWith({ ...documents, "project/z/pause": { reason: "kept" } });
  const turned = { config: { turbo: { a: [null], b: 1 }, safety_tolerance: 2 }, modelId: pro };
  const data = {
    format: 1,
    documents: [
      { key: "model_config_flux_kontext_pro", value: turned },
      { key: "something else", value: ["two", 1] },
    ],
  };
  expect(outcomesOf(await settings.import(data, { author, note: "moved" }))).toEqual({
    model_config_flux_kontext_pro: "unchanged",
    "something else": "written",
  });
  expect((await store.history("something else")).versions[0]).toMatchObject({ version: 2, value: ["two", 1], note: "moved" });
  expect(await valuesOf(store)).toMatchObject({ "project/z/pause": { reason: "kept" } });
});

describe("nothing is written", () => {
  it("where one document is refused, and every problem of all is told", async () => {
    const { settings, store } = await settingsWith();
    const value = { modelId: qwen, config: { output_quality: 900, output_format: "gif" } };
    const result = await settings.import(
      {
        format: 1,
        documents: [
          { key: "active_model", value: pro },
          { key: "model_config_qwen", value },
          { key: "project/p/model_config_qwen", value: { modelId: qwen, config: { seed: 1 } } },
          { key: "bad\nkey", value: 1 },
          { key: "no JSON", value: Number.NaN },
        ],
      },
      { author },
    );
    expect(outcomesOf(result)).toEqual({
      active_model: "ready",
      model_config_qwen: "refused",
      "project/p/model_config_qwen": "refused",
      "bad\nkey": "refused",
      "no JSON": "refused",
    });
    expect(result.rows.map(({ problems }) => problems.map(({ field }) => field).sort())).toEqual([
      [],
      ["output_format", "output_quality"],
      ["model_config_qwen.output_format", "model_config_qwen.output_quality"],
      ["key"],
      ["value"],
    ]);
    expect(await valuesOf(store)).toEqual({});
  });

  it("in a dry run", async () => {
    const { settings, store } = await settingsWith();
    const data = { format: 1, documents: [{ key: "active_model", value: pro }] };
    expect((await settings.import(data, { author, dryRun: true })).rows).toEqual([
      { key: "active_model", outcome: "ready", version: 0, problems: [], warnings: [] },
    ]);
    expect(await valuesOf(store)).toEqual({});
  });

  it("where a document stands on another version than the expected one", async () => {
    const { settings, store } = await settingsWith({ active_model: qwen, pause: { reason: "audit" } });
    const data = {
      format: 1,
      documents: [
        { key: "active_model", value: pro },
        { key: "pause", value: { reason: "over" } },
      ],
    };
    const result = await settings.import(data, { author, expected: { active_model: 1, pause: 0 } });
    expect([outcomesOf(result), result.rows[1]?.version]).toEqual([{ active_model: "ready", pause: "conflict" }, 1]);
    expect(await valuesOf(store)).toMatchObject({ active_model: qwen });
    expect((await settings.import(data, { author, expected: { active_model: 1, pause: 1 } })).counts.written).toBe(2);
  });

  it.each([
    ["no export", "active_model"],
    ["another format", { format: 2, documents: [] }],
    ["no documents", { format: 1 }],
    ["a document without a value", { format: 1, documents: [{ key: "a" }] }],
  ])("from %s", async (_, data) => {
    const { settings } = await settingsWith();
    expect(InvalidSettingError.is(await rejection(settings.import(data, { author })))).toBe(true);
  });

  it("without an author", async () => {
    const { settings } = await settingsWith();
    for (const options of [undefined, {}, { author: { name: "" } }] as never[]) {
      expect(InvalidSettingError.is(await rejection(settings.import({ format: 1, documents: [] }, options)))).toBe(true);
    }
  });
});

it("tells of what somebody else wrote in the meantime, and overwrites none of it", async () => {
  const inner = memoryConfigStore();
  await inner.put("pause", { reason: "audit" }, write);
  const store: ConfigStore = {
    ...inner,
    async list(...call) {
      const page = await inner.list(...call);
      await inner.put("pause", { reason: "another" }, write);
      return page;
    },
  };
  const data = {
    format: 1,
    documents: [
      { key: "active_model", value: pro },
      { key: "pause", value: { reason: "imported" } },
    ],
  };
  const result = await createSettings({ store }).import(data, { author });
  expect(outcomesOf(result)).toEqual({ active_model: "written", pause: "conflict" });
  expect(result.rows[1]?.version).toBe(2);
  expect(await valuesOf(inner)).toMatchObject({ pause: { reason: "another" } });
});

describe("where a put fails on the way", () => {
  const keys = ["active_model", "model_config_mystery", "pause"];
  const data = { format: 1, documents: keys.map((key) => ({ key, value: key === "active_model" ? pro : { reason: "audit" } })) };
  const failing = (error: Error) => {
    const inner = memoryConfigStore();
    const put: ConfigStore["put"] = async (key, ...rest) => {
      if (key === "model_config_mystery") throw error;
      return inner.put(key, ...rest);
    };
    return { inner, settings: createSettings({ store: { ...inner, put } }) };
  };

  it("since the store refuses the value, the import ends there and tells why", async () => {
    const problems = [{ field: "value", message: "must be { modelId, config }" }];
    const { inner, settings } = failing(new InvalidSettingError("model_config_mystery", problems));
    const result = await settings.import(data, { author });
    expect(outcomesOf(result)).toEqual({ active_model: "ready", model_config_mystery: "refused", pause: "written" });
    expect([result.rows[1]?.problems, result.counts.refused]).toEqual([problems, 1]);
    expect(Object.keys(await valuesOf(inner))).toEqual(["pause"]);
  });

  it("since the store is lost, its error has the rows", async () => {
    const lost = new Error("ECONNRESET");
    const error = await rejection(failing(lost).settings.import(data, { author }));
    expect(error).toBe(lost);
    expect((error as Error & Pick<ImportResult, "rows">).rows.map(({ outcome }) => outcome)).toEqual(["ready", "ready", "written"]);
  });
});

it("writes a config before the choice of its model", async () => {
  const { settings } = await settingsWith(documents);
  const exported = await settings.export();
  const inner = memoryConfigStore();
  const keys: string[] = [];
  const put: ConfigStore["put"] = (key, ...rest) => {
    keys.push(key);
    return inner.put(key, ...rest);
  };
  const target = createSettings({ store: { ...inner, put } });
  await target.import(exported, { author });
  expect(keys.indexOf("active_model")).toBeGreaterThan(keys.indexOf("model_config_flux_kontext_pro"));
  expect(keys.indexOf("project/p/active_model")).toBeGreaterThan(keys.indexOf("project/p/model_config_qwen"));
});

it("gives the trail of all settings, deleted ones too", async () => {
  const { settings } = await settingsWith();
  await settings.setActive(pro, write);
  await settings.pause({ ...write, reason: "audit", projectId: "p" });
  await settings.unpause({ ...write, projectId: "p", note: "over" });
  const { versions, cursor } = await settings.trail({ limit: 2 });
  const rest = await settings.trail({ cursor });
  expect([...versions, ...rest.versions].map(({ key, version, deleted, note }) => [key, version, deleted, note])).toEqual([
    ["active_model", 1, false, null],
    ["project/p/pause", 1, false, null],
    ["project/p/pause", 2, true, "over"],
  ]);
});
