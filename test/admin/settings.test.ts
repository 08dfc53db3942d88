import { describe, expect, it } from "vitest";
import { defineModel } from "../../src/model/define-model.ts";
import { qwenImageEdit } from "../../src/models/qwen-image-edit.ts";
import { registry } from "../../src/models/registry.ts";
import type { ConfigStore } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { counting } from "../settings/helpers.ts";
import { pro, qwen, seedream3, setUpAdmin } from "./helpers.ts";

const author = { name: "Another program" };
const configPath = `models/${pro}/config`;
const configKey = "model_config_flux_kontext_pro";

describe("the models", () => {
  it("are listed with what they can do, and which one is active", async () => {
    const { ask, settings } = setUpAdmin();
    const first = await ask("models");
    expect(first.status).toBe(200);
    expect(first.json.active).toEqual({ modelId: qwen, origin: "default", version: null, refusal: null });
    const find = (id: string) => first.json.models.find(({ modelId }: { modelId: string }) => modelId === id);
    expect(first.json.models).toHaveLength(5);
    expect(find(qwen)).toMatchObject({
      displayName: "Qwen Image Edit",
      isActive: true,
      canBeActive: true,
      refusal: null,
      configVersion: null,
    });
    expect(find(seedream3)).toMatchObject({ isActive: false, canBeActive: false });
    expect(find(seedream3).refusal).toMatch(/^takes no photo/);
    await settings.saveConfig(pro, { safety_tolerance: 2 }, { author });
    const { json } = await ask("models/");
    expect(json.models.find(({ modelId }: { modelId: string }) => modelId === pro).configVersion).toBe(1);
  });

  it("have a schema each", async () => {
    const { ask, settings } = setUpAdmin();
    const { json } = await ask(`models/${pro}/schema`);
    expect(json).toEqual(settings.registry.describe(pro));
    expect((await ask(`models/${encodeURIComponent(pro)}/schema`)).json).toEqual(json);
  });
});

describe("a model that the service registered itself", () => {
  it("is listed, described, set and chosen like any other", async () => {
    const mine = defineModel({ ...qwenImageEdit, id: "acme/stager", name: "Stager", settingsKey: "acme_stager" });
    const settings = createSettings({ store: memoryConfigStore(), registry: registry.register(mine) });
    const { ask } = setUpAdmin({ settings });
    expect((await ask("models")).json.models.at(-1)).toMatchObject({ modelId: "acme/stager", displayName: "Stager", canBeActive: true });
    expect((await ask("models/acme/stager/schema")).json.fields.length).toBeGreaterThan(3);
    const path = "models/acme/stager/config";
    expect((await ask(path, { method: "PUT", body: { values: { output_quality: 70 } }, version: 0 })).json).toMatchObject({ version: 1 });
    const trial = await ask(`${path}?dry-run`, { method: "PUT", body: { values: {} }, version: 1 });
    expect(trial.json.changes).toEqual([{ field: "output_quality", before: 70 }]);
    expect((await ask("settings/model", { method: "PUT", body: { modelId: "acme/stager" }, version: 0 })).json.modelId).toBe("acme/stager");
  });
});

describe("the projects", () => {
  it("are those with settings of their own, in pages", async () => {
    const { ask, settings } = setUpAdmin();
    for (const projectId of ["c", "a", "b 1"]) await settings.setActive(pro, { author, projectId });
    await settings.pause({ author, projectId: "a", reason: "x" });
    const first = await ask("projects?limit=2");
    expect(first.json).toEqual({ projects: [{ id: "a" }, { id: "b 1" }], cursor: "b 1" });
    expect((await ask(`projects?limit=2&cursor=${encodeURIComponent(first.json.cursor)}`)).json).toEqual({ projects: [{ id: "c" }] });
    for (const limit of ["0", "x", "1001", ""])
      expect((await ask(`projects?limit=${limit}`)).json).toMatchObject({ status: 422, issues: [{ field: "limit" }] });
  });
});

describe("the active model", () => {
  it("is chosen, changed, taken back and reset, each on the version before", async () => {
    const { ask, settings } = setUpAdmin();
    const first = await ask("settings/model");
    expect([first.json, first.headers.get("etag")]).toEqual([{ modelId: qwen, origin: "default", version: null, refusal: null }, '"0"']);
    const set = await ask("settings/model", { method: "PUT", body: { modelId: pro, note: "sharper windows" }, version: 0 });
    expect([set.status, set.json, set.headers.get("etag")]).toEqual([
      200,
      { modelId: pro, origin: "global", version: 1, refusal: null },
      '"1"',
    ]);
    // As a proxy that packs answers hands ETags on.
    await ask("settings/model", { method: "PUT", body: { modelId: qwen }, headers: { "if-match": 'W/"1"' } });
    const back = await ask("settings/model/rollback", { method: "POST", body: { version: 1 }, version: 2 });
    expect(back.json).toMatchObject({ modelId: pro, version: 3 });
    const reset = await ask("settings/model/reset", { method: "POST", body: { note: "as it was" }, version: 3 });
    expect([reset.json, reset.headers.get("etag")]).toEqual([{ modelId: qwen, origin: "default", version: null, refusal: null }, '"0"']);
    const { json } = await ask("settings/model/history");
    expect(
      json.versions.map(({ version, note, isDeletion, value }: Record<string, unknown>) => [version, note, isDeletion, value]),
    ).toEqual([
      [4, "as it was", true, null],
      [3, "Back to version 1", false, pro],
      [2, null, false, qwen],
      [1, "sharper windows", false, pro],
    ]);
    expect(json.versions[2]).toMatchObject({ author: { name: "spender" }, changes: [{ field: "(value)", before: pro, after: qwen }] });
    expect((await settings.active()).modelId).toBe(qwen);
  });

  it("is not one that cannot stage a photo, is retired, has an invalid config or is unknown", async () => {
    const { ask, settings, store } = setUpAdmin();
    await store.put(configKey, { modelId: pro, config: { safety_tolerance: 9 } }, { author });
    const before = await settings.trail();
    const choose = (modelId: string) => ask("settings/model", { method: "PUT", body: { modelId }, version: 0 });
    const noPhoto = await choose(seedream3);
    expect([noPhoto.status, noPhoto.json.code]).toEqual([409, "model_unavailable"]);
    expect(noPhoto.json.issues).toEqual([
      { field: "modelId", message: "takes no photo (text-to-image only)" },
      { field: "modelId", message: expect.stringMatching(/^was retired on 2026-05-13/) },
    ]);
    const invalid = await choose(pro);
    expect([invalid.status, invalid.json.issues[0].field]).toEqual([409, `${configKey}.safety_tolerance`]);
    const unknown = await choose("acme/none");
    expect([unknown.status, unknown.json.code, unknown.json.issues[0].field]).toEqual([422, "unknown_model", "modelId"]);
    expect(await settings.trail()).toEqual(before);
  });

  it("is shown where it cannot run, and can be repaired", async () => {
    const { ask, store } = setUpAdmin();
    await store.put("active_model", seedream3, { author });
    const { json } = await ask("settings/model");
    expect(json).toEqual({
      modelId: seedream3,
      origin: "global",
      version: 1,
      refusal: expect.stringMatching(/^takes no photo .*; was retired on/),
    });
    const repaired = await ask("settings/model", { method: "PUT", body: { modelId: pro }, version: 1 });
    expect(repaired.json).toMatchObject({ modelId: pro, version: 2, refusal: null });
  });
});

describe("a config", () => {
  it("is saved as it is given, shown with where each value comes from, and reset", async () => {
    const { ask } = setUpAdmin();
    const first = await ask(configPath);
    expect(first.json).toMatchObject({ modelId: pro, values: {}, version: null, issues: [], inForce: { safety_tolerance: 4, seed: null } });
    expect(first.json.inherited).toEqual(first.json.inForce);
    expect(first.json.estimate).toMatchObject({ microUsd: 40_000, outputs: 1 });
    const saved = await ask(configPath, {
      method: "PUT",
      body: { values: { safety_tolerance: 2, output_format: "jpg" }, note: "x" },
      version: 0,
    });
    expect(saved.json).toMatchObject({ values: { safety_tolerance: 2, output_format: "jpg" }, version: 1 });
    expect(saved.json.origins).toMatchObject({ safety_tolerance: "global", seed: "default" });
    expect(saved.json.inherited.safety_tolerance).toBe(4);
    const less = await ask(configPath, { method: "PUT", body: { values: { safety_tolerance: 3 } }, version: 1 });
    expect(less.json.values).toEqual({ safety_tolerance: 3 });
    const reset = await ask(`${configPath}/reset`, { method: "POST", body: {}, version: 2 });
    expect([reset.json.values, reset.json.version]).toEqual([{}, null]);
    const { json } = await ask(`${configPath}/history?limit=2`);
    expect(json.versions[1].changes).toEqual([
      { field: "safety_tolerance", before: 2, after: 3 },
      { field: "output_format", before: "jpg" },
    ]);
    expect((await ask(`${configPath}/history?cursor=${json.cursor}`)).json.versions).toHaveLength(1);
  });

  it("says why at every field", async () => {
    const { ask, settings } = setUpAdmin();
    const values = { safety_tolerance: 9, output_format: "webp", unheard_of: 1 };
    const { status, json } = await ask(configPath, { method: "PUT", body: { values }, version: 0 });
    expect([status, json.code]).toEqual([422, "invalid_config"]);
    expect(json.issues.map(({ field }: { field: string }) => field).sort()).toEqual(["output_format", "safety_tolerance", "unheard_of"]);
    expect((await settings.trail()).versions).toEqual([]);
  });

  it("is shown where what is stored cannot be used, and can be repaired", async () => {
    const { ask, store } = setUpAdmin();
    await store.put(configKey, { modelId: pro, config: { safety_tolerance: 9, from_elsewhere: 1 } }, { author });
    const { status, json } = await ask(configPath);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      values: { safety_tolerance: 9 },
      inForce: null,
      estimate: null,
      version: 1,
      unknownFields: ["from_elsewhere"],
    });
    expect(json.issues[0]).toMatchObject({ field: "safety_tolerance" });
    const repaired = await ask(configPath, { method: "PUT", body: { values: { safety_tolerance: 1 } }, version: 1 });
    expect(repaired.json).toMatchObject({ issues: [], version: 2, unknownFields: ["from_elsewhere"] });
  });

  it("is shown as stored where an earlier version stands in for it", async () => {
    const store = memoryConfigStore();
    const settings = createSettings({ store, onInvalid: "last_good" });
    const { ask } = setUpAdmin({ settings });
    await settings.saveConfig(pro, { safety_tolerance: 2 }, { author });
    await store.put(configKey, { modelId: pro, config: { safety_tolerance: 9 } }, { author });
    expect((await ask(configPath)).json).toMatchObject({ version: 2, values: { safety_tolerance: 9 }, inForce: null });
    const { status } = await ask(configPath, { method: "PUT", body: { values: {} }, version: 2 });
    expect(status).toBe(200);
  });

  it("of a project is its own fields over the global ones", async () => {
    const { ask, settings } = setUpAdmin();
    await settings.saveConfig(pro, { safety_tolerance: 2, output_format: "jpg" }, { author });
    const path = `projects/villa%2012/${configPath}`;
    const { json } = await ask(path, { method: "PUT", body: { values: { output_format: "png" } }, version: null });
    expect(json).toMatchObject({
      values: { output_format: "png" },
      version: 1,
      origins: { output_format: "project", safety_tolerance: "global" },
    });
    expect(json.inherited).toMatchObject({ output_format: "jpg", safety_tolerance: 2 });
    expect((await ask("projects")).json).toEqual({ projects: [{ id: "villa 12" }] });
    const why = await ask(`projects/villa%2012/explain?modelId=${pro}`);
    expect(why.json.fields.find(({ field }: { field: string }) => field === "output_format")).toMatchObject({
      value: "png",
      origin: "project",
      version: 1,
    });
    const chosen = await ask("projects/villa%2012/model", { method: "PUT", body: { modelId: pro }, version: 0 });
    expect(chosen.json).toMatchObject({ modelId: pro, origin: "project", version: 1 });
    expect((await settings.active()).modelId).toBe(qwen);
  });
});

describe("a dry run", () => {
  it("gives what would be, what would change and what it would cost, and writes nothing", async () => {
    const { ask, settings } = setUpAdmin();
    await settings.saveConfig(pro, { safety_tolerance: 2, seed: 7 }, { author });
    const before = await settings.trail();
    const body = { values: { safety_tolerance: 3, num_outputs: 2 } };
    const { status, json } = await ask(`${configPath}?dry-run`, { method: "PUT", body, version: 1 });
    expect(status).toBe(200);
    expect(json).toMatchObject({ isDryRun: true, version: 1, values: body.values, inForce: { safety_tolerance: 3, seed: null } });
    expect(json.warnings.map(({ code, field }: Record<string, string>) => [code, field])).toEqual([
      ["past_documented_limit", "safety_tolerance"],
      ["no_effect", "num_outputs"],
    ]);
    expect(json.estimate.microUsd).toBe(40_000);
    expect(json.changes).toEqual([
      { field: "safety_tolerance", before: 2, after: 3 },
      { field: "seed", before: 7 },
      { field: "num_outputs", after: 2 },
    ]);
    expect(await settings.trail()).toEqual(before);
  });

  it("fails as the change would: on values, on versions, on models", async () => {
    const { ask, settings } = setUpAdmin();
    await settings.saveConfig(pro, {}, { author });
    const before = await settings.trail();
    const put = (path: string, body: unknown, version: number) => ask(`${path}?dry-run=true`, { method: "PUT", body, version });
    expect((await put(configPath, { values: { safety_tolerance: 9 } }, 1)).status).toBe(422);
    expect((await put(configPath, { values: {} }, 0)).json).toMatchObject({ status: 412, currentVersion: 1 });
    expect((await put("settings/model", { modelId: seedream3 }, 0)).status).toBe(409);
    expect((await put("settings/model", { modelId: pro, note: "x".repeat(2_001) }, 0)).json.issues[0].field).toBe("note");
    expect((await ask(`${configPath}?dry-run=false`, { method: "PUT", body: { values: {} }, version: 1 })).status).toBe(400);
    expect((await ask(`${configPath}?dryrun`, { method: "PUT", body: { values: {} }, version: 1 })).json.issues[0].field).toBe("dryrun");
    expect(await settings.trail()).toEqual(before);
  });

  it.each([
    ["a choice", "PUT", "settings/model", { modelId: qwen }, { modelId: qwen, changes: [{ field: "(value)", before: pro, after: qwen }] }],
    ["a reset", "POST", "settings/model/reset", {}, { origin: "default", changes: [{ field: "(value)", before: pro }] }],
    [
      "a return",
      "POST",
      "settings/model/rollback",
      { version: 1 },
      { modelId: qwen, changes: [{ field: "(value)", before: pro, after: qwen }] },
    ],
  ])("is there for %s", async (_, method, path, body, expected) => {
    const { ask, settings } = setUpAdmin();
    await settings.setActive(qwen, { author });
    await settings.setActive(pro, { author });
    const before = await settings.trail();
    const { json } = await ask(`${path}?dry-run`, { method, body, version: 2 });
    expect(json).toMatchObject({ ...expected, isDryRun: true, version: 2 });
    expect(await settings.trail()).toEqual(before);
  });

  it("of what changes nothing says so", async () => {
    const { ask } = setUpAdmin();
    const { json } = await ask(`${configPath}/reset?dry-run`, { method: "POST", body: {}, version: 0 });
    expect(json).toMatchObject({ isDryRun: true, version: null, changes: [] });
  });
});

describe("a pause", () => {
  it("is set and ended, for all and for a project", async () => {
    const { ask, settings } = setUpAdmin();
    const set = await ask("pause", { method: "PUT", body: { reason: "Replicate is down" }, version: 0 });
    expect(set.json).toMatchObject({ pause: { reason: "Replicate is down", scope: "global" }, version: 1 });
    const ofProject = await ask("projects/villa-12/pause");
    expect(ofProject.json).toMatchObject({ pause: null, version: null, inForce: { scope: "global" } });
    await ask("projects/villa-12/pause", { method: "PUT", body: { reason: "Unpaid" }, version: 0 });
    expect((await ask("projects/villa-12/pause")).json).toMatchObject({
      pause: { reason: "Unpaid" },
      inForce: { reason: "Replicate is down" },
    });
    expect((await ask("pause", { method: "DELETE", version: 1 })).json).toMatchObject({ pause: null, version: null });
    expect(await settings.paused()).toBeNull();
    expect((await ask("pause", { method: "PUT", body: { reason: " " }, version: 0 })).json).toMatchObject({
      status: 422,
      issues: [{ field: "reason" }],
    });
    expect((await ask("pause", { method: "DELETE", body: { note: "over" }, version: 0 })).status).toBe(200);
  });
});

describe("a price", () => {
  it("of the owner is set, counts in estimates, and is reset", async () => {
    const { ask } = setUpAdmin();
    const path = `models/${pro}/price`;
    const price = { per: "output_image", microUsd: 25_000, asOf: "2026-11-20", source: "our contract" };
    expect((await ask(path)).json).toMatchObject({ origin: "default", version: null, price: { microUsd: 40_000 } });
    expect((await ask(path, { method: "PUT", body: { price }, version: 0 })).json).toMatchObject({ origin: "global", version: 1, price });
    expect((await ask(configPath)).json.estimate.microUsd).toBe(25_000);
    const tried = await ask(`${path}?dry-run`, { method: "PUT", body: { price: { ...price, microUsd: 50_000 } }, version: 1 });
    expect(tried.json).toMatchObject({
      version: 1,
      isDryRun: true,
      builtIn: { microUsd: 40_000 },
      estimate: { microUsd: 50_000, outputs: 1 },
    });
    expect((await ask(path, { method: "PUT", body: { price: { ...price, microUsd: -1 } }, version: 1 })).json).toMatchObject({
      status: 422,
    });
    expect((await ask(`${path}/reset`, { method: "POST", body: {}, version: 1 })).json).toMatchObject({ price: { microUsd: 40_000 } });
  });
});

describe("a stored price that is none", () => {
  it("is told as such, with what counts without it, and says nothing against the config", async () => {
    const { ask, store } = setUpAdmin();
    await store.put("price_flux_kontext_pro", { modelId: pro, price: 4 }, { author: { name: "Somebody" }, expectedVersion: 0 });
    const { json } = await ask(`models/${pro}/price`);
    expect(json).toMatchObject({ price: null, origin: "global", version: 1, builtIn: { microUsd: 40_000 }, estimate: null });
    expect(json.issues).toHaveLength(1);
    expect((await ask(configPath)).json).toMatchObject({ issues: [], estimate: null, inForce: { safety_tolerance: 4 } });
    const { models } = (await ask("models")).json;
    expect(models.find(({ modelId }: { readonly modelId: string }) => modelId === pro)).toMatchObject({ price: null });
  });
});

describe("what is read", () => {
  it.each([
    "models",
    "settings/model",
    configPath,
    `projects/villa-12/${configPath}`,
    "projects/villa-12/model",
    "pause",
    "projects",
    "explain",
  ])("takes one read of the store: %s", async (path) => {
    const { store, calls } = counting(memoryConfigStore());
    const { ask } = setUpAdmin({ store: store as ConfigStore });
    expect((await ask(path)).status).toBe(200);
    expect(calls).toHaveLength(1);
  });
});
