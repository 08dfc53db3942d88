import { describe, expect, it } from "vitest";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { registry } from "../../src/models/registry.ts";
import { cachedConfigStore } from "../../src/settings/cached-config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { aRun, model, openBudgets, write } from "./open-budgets.ts";

const monthly = { id: "monthly", period: "month", limitMicroUsd: 100_000 } as const;
const full = { ...monthly, alertPercents: [50, 80, 95], unknownPrice: "refuse", isHard: true };

async function toProblems(call: Promise<unknown>): Promise<readonly { readonly field: string; readonly message: string }[]> {
  const error = await call.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "invalid_budget" });
  return (error as { readonly problems: [] }).problems;
}

describe("budgets", () => {
  it("are set with their defaults, listed, changed and removed", async () => {
    const { budgets } = openBudgets();
    expect(await budgets.list()).toEqual({ version: 0, budgets: [] });
    expect(await budgets.set({ ...monthly, modelId: undefined }, write)).toEqual(full);
    const stepDown = { atPercent: 90, modelId: "a/b" };
    const other = {
      ...full,
      id: "other",
      modelId: model,
      projectId: "p1",
      alertPercents: [],
      unknownPrice: "allow",
      isHard: false,
      stepDown,
    };
    expect(await budgets.set(other as never, write)).toEqual(other);
    await budgets.set({ ...monthly, limitMicroUsd: 7 }, write);
    expect(await budgets.list()).toEqual({ version: 3, budgets: [{ ...full, limitMicroUsd: 7 }, other] });
    expect(await budgets.remove("monthly", write)).toBe(true);
    expect(await budgets.remove("monthly", write)).toBe(false);
    expect(await budgets.list()).toEqual({ version: 4, budgets: [other] });
  });

  it("are refused with every problem at once, and nothing is written", async () => {
    const { budgets } = openBudgets();
    const bad = {
      id: "a b",
      modelId: "",
      projectId: "\0",
      period: "fortnight",
      limitMicroUsd: 0.5,
      alertPercents: [50, 50, 101],
      unknownPrice: "maybe",
      isHard: "yes",
      stepDown: { atPercent: 0 },
      limit: 7,
    };
    const fields = (await toProblems(budgets.set(bad as never, write))).map(({ field }) => field);
    const expected = ["id", "modelId", "projectId", "period", "limitMicroUsd", "alertPercents[2]", "unknownPrice", "isHard"];
    expect(fields.sort()).toEqual([...expected, "stepDown.atPercent", "stepDown.modelId", "limit"].sort());
    for (const limitMicroUsd of [0, -1, 1.5, Number.NaN, 2 ** 53, "7"]) {
      expect(await toProblems(budgets.set({ ...monthly, limitMicroUsd: limitMicroUsd as number }, write))).toMatchObject([
        { field: "limitMicroUsd", message: "must be a whole number from 1 to 1000000000000000" },
      ]);
    }
    for (const alertPercents of [
      [80, 50],
      [50, 50],
    ]) {
      expect(await toProblems(budgets.set({ ...monthly, alertPercents }, write))).toMatchObject([{ field: "alertPercents" }]);
    }
    const toItself = { ...monthly, modelId: model, stepDown: { atPercent: 80, modelId: model } };
    expect(await toProblems(budgets.set(toItself, write))).toMatchObject([{ field: "stepDown.modelId" }]);
    expect(await toProblems(budgets.set(undefined as never, write))).toHaveLength(1);
    expect(await budgets.list()).toEqual({ version: 0, budgets: [] });
  });

  it("name only models that are known, where they are told which", async () => {
    const { budgets: unaware, store, configStore } = openBudgets();
    const budgets = createBudgets({ store, configStore, registry });
    const unknown = { ...monthly, modelId: "a/b", stepDown: { atPercent: 80, modelId: "c/d" } };
    const problems = await toProblems(budgets.set(unknown, write));
    expect(problems.map(({ field }) => field)).toEqual(["modelId", "stepDown.modelId"]);
    for (const { message } of problems) expect(message).toContain(`is not registered. Known models: ${registry.list()[0]?.id}`);
    const known = { ...monthly, stepDown: { atPercent: 80, modelId: model } };
    expect(await toProblems(budgets.set({ ...known, modelId: "a/b" }, write))).toMatchObject([{ field: "modelId" }]);
    expect(await budgets.set(known, write)).toEqual({ ...full, ...known });
    // What was set elsewhere is read, whatever it names.
    await unaware.set({ ...unknown, id: "other" }, write);
    expect((await budgets.list()).budgets.map(({ id }) => id)).toEqual(["monthly", "other"]);
  });

  it("may not overlap: one for each scope and period", async () => {
    const { budgets } = openBudgets();
    await budgets.set(monthly, write);
    expect(await toProblems(budgets.set({ ...monthly, id: "same" }, write))).toEqual([
      { field: "period", message: "overlaps with the budget monthly, of the same model, project and period: change that one" },
    ]);
    await budgets.set({ ...monthly, id: "daily", period: "day" }, write);
    await budgets.set({ ...monthly, id: "project", projectId: "p1" }, write);
    await budgets.set({ ...monthly, id: "model", modelId: model }, write);
    await budgets.set({ ...monthly, id: "both", projectId: "p1", modelId: model }, write);
    expect(await toProblems(budgets.set({ ...monthly, id: "again", projectId: "p1", modelId: model }, write))).toHaveLength(1);
    // Nor become another's: what was counted would be of other runs.
    expect(await toProblems(budgets.set({ ...monthly, projectId: "p2" }, write))).toMatchObject([{ field: "id" }]);
    expect(await toProblems(budgets.set({ ...monthly, id: "daily" }, write))).toMatchObject([{ field: "period" }]);
    expect((await budgets.list()).version).toBe(5);
  });

  it("keep what they counted when they are changed, or removed and set again", async () => {
    const { budgets } = openBudgets();
    await budgets.set(monthly, write);
    await budgets.reserve(aRun("a", 60_000));
    await budgets.set({ ...monthly, limitMicroUsd: 70_000 }, write);
    await expect(budgets.reserve(aRun("b", 10_001))).rejects.toMatchObject({ leftMicroUsd: 10_000 });
    await budgets.remove("monthly", write);
    expect(await budgets.status()).toEqual([]);
    await budgets.reserve(aRun("free", 1_000_000));
    await budgets.settle("a", 55_000);
    await budgets.set(monthly, write);
    expect(await budgets.status()).toMatchObject([{ spentMicroUsd: 55_000, reservedMicroUsd: 0 }]);
  });

  it("lose no change of another process, though a cache is behind and the caller is not", async () => {
    const { store, configStore, budgets } = openBudgets();
    await budgets.set(monthly, write);
    const stale = await configStore.getMany(["budgets"]);
    await budgets.set({ ...monthly, id: "another", projectId: "p1" }, write);
    const behind = createBudgets({ store, configStore: { ...configStore, getMany: async () => stale } });
    const raised = { ...monthly, limitMicroUsd: 200_000 };
    await expect(behind.set(raised, { ...write, expectedVersion: 2 })).rejects.toMatchObject({ code: "version_conflict" });
    expect((await budgets.list()).budgets.map(({ id }) => id)).toEqual(["monthly", "another"]);
  });

  it("have authors, notes, versions and a history", async () => {
    const { budgets, configStore } = openBudgets();
    await budgets.set(monthly, { author: { name: "Ada" }, note: "for the spring", expectedVersion: 0 });
    await expect(budgets.set(monthly, { ...write, expectedVersion: 0 })).rejects.toMatchObject({
      code: "version_conflict",
      currentVersion: 1,
    });
    await expect(budgets.remove("monthly", { ...write, expectedVersion: 7 })).rejects.toMatchObject({ code: "version_conflict" });
    await expect(budgets.set(monthly, { author: { name: "" } })).rejects.toMatchObject({ code: "invalid_setting" });
    await budgets.remove("monthly", { author: { name: "Bob" } });
    const { versions } = await configStore.history("budgets");
    expect(versions.map(({ version, author, note }) => [version, author?.name, note])).toEqual([
      [2, "Bob", null],
      [1, "Ada", "for the spring"],
    ]);
  });

  it("of many admins at once are all there", async () => {
    const { configStore, store } = openBudgets();
    const admins = Array.from({ length: 8 }, () => createBudgets({ store, configStore: cachedConfigStore(configStore) }));
    await Promise.all(admins.map((budgets, index) => budgets.set({ ...monthly, id: `b${index}`, projectId: `p${index}` }, write)));
    const { budgets } = await (admins[0] as (typeof admins)[number]).list();
    expect(budgets.map(({ id }) => id).sort()).toEqual(Array.from({ length: 8 }, (_, index) => `b${index}`));
  });

  it("that cannot be read stop every reservation, and say where they stand", async () => {
    const { budgets, configStore } = openBudgets();
    const twice = [full, { ...full, id: "other" }, { ...full, period: "day" }];
    for (const value of [7, { budgets: "none" }, { budgets: [{ ...monthly, limitMicroUsd: -1 }] }, { budgets: twice }]) {
      await configStore.put("budgets", value, write);
      for (const call of [budgets.reserve(aRun("a", 1)), budgets.list(), budgets.status(), budgets.set(monthly, write)]) {
        await expect(call).rejects.toMatchObject({
          code: "invalid_budget",
          message: expect.stringContaining('The document "budgets" of the config store'),
        });
      }
    }
    expect(await toProblems(budgets.list())).toMatchObject([{ field: "budgets[1].period" }, { field: "budgets[2].id" }]);
  });

  it("stand beside the settings, and move with them", async () => {
    const { budgets, configStore } = openBudgets();
    const settings = createSettings({ store: configStore });
    await budgets.set(monthly, write);
    await settings.pause({ reason: "holidays", ...write });
    expect((await settings.audit()).counts).toEqual({ fine: 1, warnings: 0, refused: 0, unknown: 1 });
    expect((await settings.trail()).versions.map(({ key }) => key)).toEqual(["budgets", "pause"]);
    const elsewhere = memoryConfigStore();
    await createSettings({ store: elsewhere }).import(await settings.export(), write);
    expect(await createBudgets({ store: openBudgets().store, configStore: elsewhere }).list()).toEqual(await budgets.list());
  });
});
