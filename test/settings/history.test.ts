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
