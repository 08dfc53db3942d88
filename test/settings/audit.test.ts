import { expect, it } from "vitest";
import { createRegistry } from "../../src/model/registry.ts";
import { qwenImageEdit } from "../../src/models/models.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { Json } from "../../src/settings/json.ts";
import { author, counting, pro, qwen, seedream3, settingsWith, write } from "./helpers.ts";

it("tells of every document whether a staging with it would run, run with warnings or be refused, and writes nothing", async () => {
  const { store } = await settingsWith({
    active_model: qwen,
    model_config_qwen: { modelId: qwen, config: { go_fast: true, output_quality: 80 } },
    model_config_flux_kontext_pro: { modelId: pro, config: { safety_tolerance: 4, turbo: 1 } },
    model_config_flux_kontext_max: { modelId: pro, config: {} },
    model_config_seedream_4: { modelId: "bytedance/seedream-4", config: { output_quality: 900, max_images: "2" } },
    model_config_gpt: { modelId: "acme/gpt", config: {} },
    pause: { reason: " " },
    "project/p/active_model": "acme/none",
    "project/p/pause": { reason: "audit" },
    "project/q/active_model": seedream3,
    "project/q/model_config_qwen": { modelId: qwen, config: { output_quality: 70 } },
    "project/r/budget": 7,
    site_name: "Villa",
  });
  const { store: counted, calls } = counting(store);
  const audit = await createSettings({ store: counted }).audit();
  expect(calls).toEqual(["list"]);
  expect(JSON.parse(JSON.stringify(audit))).toEqual(audit);
  expect(audit.rows.map(({ key, verdict }) => `${verdict}: ${key}`)).toEqual([
    "fine: active_model",
    "refused: model_config_flux_kontext_max",
    "warnings: model_config_flux_kontext_pro",
    "unknown: model_config_gpt",
    "fine: model_config_qwen",
    "refused: model_config_seedream_4",
    "refused: pause",
    "refused: project/p/active_model",
    "fine: project/p/pause",
    "refused: project/q/active_model",
    "fine: project/q/model_config_qwen",
    "unknown: project/r/budget",
    "unknown: site_name",
  ]);
  expect(audit.counts).toEqual({ fine: 4, warnings: 1, refused: 5, unknown: 3 });
  const rows = new Map(audit.rows.map((row) => [row.key, row]));
  expect(rows.get("model_config_flux_kontext_pro")).toMatchObject({
    projectId: null,
    setting: "config",
    modelId: pro,
    version: 1,
    unknownFields: ["turbo"],
    warnings: [{ code: "past_documented_limit", origin: "global" }, { code: "unknown_stored_field" }],
    author: { name: "Another program" },
    updatedAt: expect.stringMatching(/Z$/),
  });
  expect(
    rows
      .get("model_config_seedream_4")
      ?.problems.map(({ field }) => field)
      .sort(),
  ).toEqual(["max_images", "output_quality"]);
  expect(rows.get("project/p/active_model")).toMatchObject({ projectId: "p", setting: "active_model", modelId: null });
  expect(rows.get("project/p/active_model")?.problems[0]?.message).toContain("Known models");
  expect(rows.get("project/r/budget")).toMatchObject({ projectId: null, setting: null, problems: [] });
});

it("checks a project's config with the global one below it, and says which of the two is to blame", async () => {
  const { settings } = await settingsWith({
    model_config_qwen: [],
    "project/p/model_config_qwen": { modelId: qwen, config: { output_quality: 70 } },
    model_config_flux_kontext_pro: { modelId: pro, config: { safety_tolerance: 90 } },
    "project/p/model_config_flux_kontext_pro": { modelId: pro, config: { safety_tolerance: 2 } },
    "project/q/model_config_flux_kontext_pro": { modelId: pro, config: { output_format: "jpg" } },
    "project/q/active_model": pro,
  });
  const { rows } = await settings.audit();
  expect(Object.fromEntries(rows.map(({ key, verdict, problems }) => [key, [verdict, ...problems.map(({ field }) => field)]]))).toEqual({
    model_config_flux_kontext_pro: ["refused", "safety_tolerance"],
    model_config_qwen: ["refused", "(value)"],
    "project/p/model_config_flux_kontext_pro": ["fine"],
    "project/p/model_config_qwen": ["refused", "model_config_qwen.(value)"],
    "project/q/active_model": ["refused", "model_config_flux_kontext_pro.safety_tolerance"],
    "project/q/model_config_flux_kontext_pro": ["refused", "model_config_flux_kontext_pro.safety_tolerance"],
  });
});

it("is not stopped by any document, nor by a model that fails, and reads all pages", async () => {
  const failing = {
    ...qwenImageEdit,
    buildInput() {
      throw new TypeError("no such luck");
    },
  };
  const { store } = await settingsWith();
  const values: readonly Json[] = [null, [], {}, 0, "", "x", { modelId: null }, { modelId: qwen, config: [] }, { reason: [] }];
  const names = [
    "active_model",
    "pause",
    "model_config_qwen",
    "project/p/",
    "project//pause",
    "project/p/pause",
    "project/a/b/pause",
    "__proto__",
  ];
  for (const [index, value] of values.entries())
    for (const name of names) await store.put(`${name}`, value, { ...write, note: `${index}` });
  for (const [index, value] of values.entries()) for (const name of names) await store.put(`project/${index}/${name}`, value, write);
  await store.put("model_config_qwen", { modelId: qwen, config: {} }, write);
  for (let index = 0; index < 1_000; index += 1) await store.put(`other ${index}`, index, write);
  const settings = createSettings({ store, registry: createRegistry([failing as never]) as never });
  const { rows, counts } = await settings.audit();
  expect(rows).toHaveLength(1_000 + 10 * names.length);
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(rows.length);
  expect(rows.find(({ key }) => key === "model_config_qwen")).toMatchObject({
    verdict: "refused",
    problems: [{ field: "(value)", message: "no such luck" }],
    author,
  });
});
