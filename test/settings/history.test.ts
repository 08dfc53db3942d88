import { describe, expect, it } from "vitest";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import { ModelUnavailableError } from "../../src/errors/model-unavailable-error.ts";
import { UnknownVersionError } from "../../src/errors/unknown-version-error.ts";
import { VersionConflictError } from "../../src/errors/version-conflict-error.ts";
import { author, pro, qwen, rejection, seedream4, settingsWith, write } from "./helpers.ts";

const ofQwen = { setting: "config", modelId: qwen } as const;

it("keeps every change with its author and note, newest first", async () => {
  const { settings } = await settingsWith();
  await settings.setActive(pro, { ...write, note: "sharper" });
  await settings.setActive(seedream4, write);
  await settings.resetActive(write);
  const { versions } = await settings.history({ setting: "active_model" });
  expect(versions.map((version) => [version.version, version.deleted || version.value, version.note])).toEqual([
    [3, true, null],
    [2, seedream4, null],
    [1, pro, "sharper"],
  ]);
  expect(versions.every((version) => version.author?.name === author.name)).toBe(true);
  const page = await settings.history({ setting: "active_model" }, { limit: 2 });
  expect((await settings.history({ setting: "active_model" }, { cursor: page.cursor })).versions.map(({ version }) => version)).toEqual([
    1,
  ]);
  expect((await settings.history({ setting: "active_model", projectId: "p" })).versions).toEqual([]);
});

describe("the changes of a version", () => {
  it("are told field by field for a config, as plain JSON", async () => {
    const { settings, store } = await settingsWith();
    await settings.saveConfig(qwen, { output_quality: 10, seed: 1 }, write);
    await settings.saveConfig(qwen, { output_quality: 20, output_format: "png" }, write);
    await settings.resetConfig(qwen, write);
    await store.put("model_config_qwen", { config: { turbo: { a: 1, b: 2 } }, modelId: qwen }, write);
    await store.put("model_config_qwen", { modelId: qwen, config: { turbo: { b: 2, a: 1 } } }, write);
    await store.put("model_config_qwen", { modelId: pro, config: {} }, write);
    const { versions } = await settings.history(ofQwen);
    expect(JSON.parse(JSON.stringify(versions))).toEqual(versions);
    const turbo = { a: 1, b: 2 };
    expect(versions.map(({ version, changes }) => [version, changes])).toEqual([
      [
        6,
        [
          { field: "turbo", before: turbo },
          { field: "(value)", after: { modelId: pro, config: {} } },
        ],
      ],
      [5, []],
      [4, [{ field: "turbo", after: turbo }]],
      [
        3,
        [
          { field: "output_quality", before: 20 },
          { field: "output_format", before: "png" },
        ],
      ],
      [
        2,
        [
          { field: "output_quality", before: 10, after: 20 },
          { field: "seed", before: 1 },
          { field: "output_format", after: "png" },
        ],
      ],
      [
        1,
        [
          { field: "output_quality", after: 10 },
          { field: "seed", after: 1 },
        ],
      ],
    ]);
  });

  it("tell a null from nothing, and are whole values for all else", async () => {
    const { settings } = await settingsWith();
    await settings.saveConfig(qwen, { seed: null }, { ...write, projectId: "p" });
    expect((await settings.history({ ...ofQwen, projectId: "p" })).versions[0]?.changes).toEqual([{ field: "seed", after: null }]);
    await settings.setActive(pro, write);
    await settings.setActive(qwen, write);
    const { versions } = await settings.history({ setting: "active_model" });
    expect(versions.map(({ changes }) => changes)).toEqual([
      [{ field: "(value)", before: pro, after: qwen }],
      [{ field: "(value)", after: pro }],
    ]);
  });

  it("are the same on every page", async () => {
    const { settings } = await settingsWith();
    for (let quality = 1; quality <= 9; quality += 1) await settings.saveConfig(qwen, { output_quality: quality }, write);
    const { versions: whole } = await settings.history(ofQwen);
    for (const limit of [1, 2, 4, 8, 9, 10]) {
      const found: unknown[] = [];
      let cursor: number | undefined;
      do {
        const page = await settings.history(ofQwen, { limit, cursor });
        expect(page.versions.length).toBeLessThanOrEqual(limit);
        found.push(...page.versions);
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(found).toEqual(whole);
    }
  });
});

describe("rollback", () => {
  it("writes an old config again as a new version, unknown fields too", async () => {
    const old = { modelId: qwen, config: { output_quality: 10, turbo: true } };
    const { settings, store } = await settingsWith({ model_config_qwen: old });
    await settings.resetConfig(qwen, write);
    await settings.saveConfig(qwen, { output_quality: 20 }, write);
    const { version, warnings } = await settings.rollback(ofQwen, 1, write);
    expect([version, warnings.map(({ field }) => field)]).toEqual([4, ["turbo"]]);
    expect((await store.getMany(["model_config_qwen"])).get("model_config_qwen")).toMatchObject({
      value: old,
      note: "Back to version 1",
      author,
    });
  });

  it("deletes again where the old version was a deletion", async () => {
    const { settings } = await settingsWith();
    await settings.saveConfig(qwen, { output_quality: 10 }, write);
    await settings.resetConfig(qwen, write);
    expect((await settings.rollback(ofQwen, 2, write)).version).toBeNull();
    await settings.rollback(ofQwen, 1, write);
    expect((await settings.rollback(ofQwen, 2, { ...write, note: "off" })).version).toBe(4);
    expect((await settings.config(qwen)).origins.output_quality).toBe("default");
  });

  it("goes back for a project and for a pause", async () => {
    const { settings } = await settingsWith();
    await settings.setActive(pro, { ...write, projectId: "p" });
    await settings.setActive(seedream4, { ...write, projectId: "p" });
    await settings.rollback({ setting: "active_model", projectId: "p" }, 1, write);
    expect(await settings.active({ projectId: "p" })).toEqual({ modelId: pro, origin: "project", version: 3 });
    await settings.pause({ ...write, reason: "audit" });
    await settings.unpause(write);
    await settings.rollback({ setting: "pause" }, 1, write);
    expect((await settings.paused())?.reason).toBe("audit");
  });

  it("refuses what could not be saved today, and stores nothing", async () => {
    const { settings, store } = await settingsWith({
      model_config_qwen: { modelId: qwen, config: { output_quality: 900 } },
      active_model: "acme/gone",
      pause: {},
    });
    await settings.saveConfig(qwen, {}, write);
    await settings.setActive(qwen, write);
    const config = await rejection(settings.rollback(ofQwen, 1, write));
    expect(InvalidStoredSettingError.is(config) && config.message).toContain('(stored in "model_config_qwen", version 1)');
    const active = await rejection(settings.rollback({ setting: "active_model" }, 1, write));
    expect(ModelUnavailableError.is(active) && active.reason).toBe("unknown");
    expect(InvalidStoredSettingError.is(await rejection(settings.rollback({ setting: "pause" }, 1, write)))).toBe(true);
    for (const [key, count] of [
      ["model_config_qwen", 2],
      ["active_model", 2],
      ["pause", 1],
    ] as const) {
      expect((await store.history(key)).versions).toHaveLength(count);
    }
  });

  it("refuses versions that there are not, and a stale expectation", async () => {
    const { settings } = await settingsWith();
    await settings.saveConfig(qwen, {}, write);
    for (const version of [0, 2, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER, "1" as never]) {
      expect(UnknownVersionError.is(await rejection(settings.rollback(ofQwen, version, write)))).toBe(true);
    }
    const stale = await rejection(settings.rollback(ofQwen, 1, { ...write, expectedVersion: 7 }));
    expect(VersionConflictError.is(stale) && stale.currentVersion).toBe(1);
  });
});
