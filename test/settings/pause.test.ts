import { expect, it } from "vitest";
import { InvalidSettingError } from "../../src/errors/invalid-setting-error.ts";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import { PausedError } from "../../src/errors/paused-error.ts";
import { checkPaused } from "../../src/settings/check-paused.ts";
import { author, rejection, settingsWith, write } from "./helpers.ts";

it("stops one project, or all, until it ends", async () => {
  const { settings } = await settingsWith();
  const stopped = async (projectId?: string) => {
    try {
      checkPaused(await settings.read({ projectId }));
      return null;
    } catch (error) {
      if (!PausedError.is(error)) throw error;
      return [error.scope, error.reason, error.retryable, error.billed];
    }
  };
  expect(await stopped("p")).toBeNull();
  expect(await settings.paused()).toBeNull();
  expect(await settings.pause({ ...write, projectId: "p", reason: "unpaid" })).toBe(1);
  expect([await stopped("p"), await stopped("q"), await stopped()]).toEqual([["project", "unpaid", true, "no"], null, null]);
  await settings.pause({ ...write, reason: "Replicate is down", note: "see status page" });
  expect([await stopped("p"), await stopped("q")]).toEqual([
    ["global", "Replicate is down", true, "no"],
    ["global", "Replicate is down", true, "no"],
  ]);
  expect(await settings.paused({ projectId: "q" })).toMatchObject({ scope: "global", reason: "Replicate is down", version: 1, author });
  expect(await settings.unpause(write)).toBe(2);
  expect([await stopped("p"), await stopped("q")]).toEqual([["project", "unpaid", true, "no"], null]);
  expect(await settings.unpause({ ...write, projectId: "p" })).toBe(2);
  expect(await settings.unpause({ ...write, projectId: "p" })).toBeNull();
  expect(await stopped("p")).toBeNull();
});

it("wants a reason and an author", async () => {
  const { settings, store } = await settingsWith();
  for (const reason of ["", "  ", "a\nb", "r".repeat(501), undefined as never, 7 as never]) {
    expect(InvalidSettingError.is(await rejection(settings.pause({ ...write, reason })))).toBe(true);
  }
  expect(InvalidSettingError.is(await rejection(settings.pause(undefined as never)))).toBe(true);
  expect(InvalidSettingError.is(await rejection(settings.pause({ reason: "why" } as never)))).toBe(true);
  expect(InvalidSettingError.is(await rejection(settings.unpause(undefined as never)))).toBe(true);
  expect((await store.list("")).documents).toEqual([]);
});

it("lets nothing pass a stored pause that cannot be read", async () => {
  for (const value of [null, true, {}, { reason: "" }, { reason: 7 }, { reason: "x", until: "tomorrow" }]) {
    const { settings } = await settingsWith({ pause: value });
    const snapshot = await settings.read();
    expect(() => checkPaused(snapshot)).toThrow(/settings\.unpause/);
    expect(InvalidStoredSettingError.is(await rejection(settings.paused()))).toBe(true);
    await settings.unpause(write);
    expect(await settings.paused()).toBeNull();
  }
});
