import { describe, expect, it } from "vitest";
import type { BudgetInput } from "../../src/books/budget/budget.ts";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { memoryBudgetStore } from "../../src/books/budget/memory-budget-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { author } from "../settings/helpers.ts";
import { countOf, max, pro, qwen, rejection, request, seedream4, setTheStage } from "./helpers.ts";

/** A client with this budget, over everything unless it says otherwise; qwen costs 30,000 micro-dollars an image. */
async function setTheBudget(budget: Partial<BudgetInput> & Pick<BudgetInput, "limitMicroUsd">) {
  const alerts: number[] = [];
  const budgets = createBudgets({
    store: memoryBudgetStore(),
    configStore: memoryConfigStore(),
    onAlert: ({ percent }) => alerts.push(percent),
  });
  await budgets.set({ id: "all", period: "total", ...budget }, { author });
  const status = async () => {
    const [{ spentMicroUsd, reservedMicroUsd } = { spentMicroUsd: -1, reservedMicroUsd: -1 }] = await budgets.status();
    return { spentMicroUsd, reservedMicroUsd };
  };
  return { ...(await setTheStage({ budgets })), budgets, alerts, status };
}

describe("a budget", () => {
  it("refuses what it has no money for before anything is sent, and says what is left", async () => {
    const { client, simulator, run, status } = await setTheBudget({ limitMicroUsd: 29_999 });
    expect(await rejection(client.stage(request))).toMatchObject({
      code: "budget_exceeded",
      billed: "no",
      budgetId: "all",
      leftMicroUsd: 29_999,
      neededMicroUsd: 30_000,
    });
    expect(simulator.requests).toEqual([]);
    expect(await run()).toMatchObject({ state: "failed", cost: { microUsd: 0 }, error: { code: "budget_exceeded", billed: "no" } });
    expect(await status()).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 0 });
  });

  it("lets the same key be staged once there is money again", async () => {
    const { client, budgets } = await setTheBudget({ limitMicroUsd: 1 });
    const keyed = { ...request, idempotencyKey: "order-1" };
    await rejection(client.stage(keyed));
    await budgets.set({ id: "all", period: "total", limitMicroUsd: 30_000 }, { author });
    expect((await client.stage(keyed)).images).toHaveLength(1);
  });

  it("holds back the most that a run can cost while it is under way, and counts what it did cost", async () => {
    const { client, simulator, status } = await setTheBudget({ limitMicroUsd: 1_000_000 });
    const config = { sequential_image_generation: "auto", max_images: 4, aspect_ratio: "match_input_image" } as const;
    simulator.outcomes.add({ outputs: 2 });
    const { id } = await client.start({ ...request, modelId: seedream4, config });
    expect(await status()).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 120_000 });
    const run = await client.wait(id);
    expect(run).toMatchObject({ estimate: { microUsd: 120_000 }, cost: { microUsd: 60_000, basis: "table" }, price: { microUsd: 30_000 } });
    expect(await status()).toEqual({ spentMicroUsd: 60_000, reservedMicroUsd: 0 });
    expect(simulator.ledger.microUsd).toBe(60_000);
  });

  it("gives back what was refused, and keeps what failed at an unknown cost", async () => {
    const { client, simulator, status } = await setTheBudget({ limitMicroUsd: 1_000_000 });
    simulator.faults.add({ on: "create", kind: "status", status: 422 });
    await rejection(client.stage(request));
    expect(await status()).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 0 });
    simulator.outcomes.add({ status: "failed" });
    await rejection(client.stage(request));
    expect(await status()).toEqual({ spentMicroUsd: 30_000, reservedMicroUsd: 0 });
  });

  it("is never passed by stagings at once", async () => {
    const { client, simulator, status, alerts, budgets } = await setTheBudget({ limitMicroUsd: 100_000 });
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => client.stage(request)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(countOf(simulator, "create")).toBe(3);
    expect(await status()).toEqual({ spentMicroUsd: 90_000, reservedMicroUsd: 0 });
    await budgets.deliverAlerts();
    expect(alerts).toEqual([50, 80]);
  });

  it("gets back by resume what a dead process could not tell", async () => {
    const { client, another, budgets, status, simulator, events } = await setTheBudget({ limitMicroUsd: 100_000 });
    const dead = another({ budgets: { ...budgets, settle: async () => Promise.reject(new Error("the process died")) } });
    expect((await dead.stage(request)).images).toHaveLength(1);
    expect(events).toContainEqual(expect.objectContaining({ type: "run.unsettled", code: null }));
    expect(await status()).toEqual({ spentMicroUsd: 0, reservedMicroUsd: 30_000 });
    const { id } = await dead.start(request);
    await client.resume({ limit: 1 });
    // Too young to be a dead process's.
    expect((await status()).reservedMicroUsd).toBeGreaterThan(0);
    const patient = another({ budgets: { ...budgets, open: () => budgets.open({ olderThanMs: 0, limit: 100 }) } });
    await patient.resume();
    expect(await status()).toEqual({ spentMicroUsd: 60_000, reservedMicroUsd: 0 });
    expect((await client.wait(id)).cost?.microUsd).toBe(30_000);
    expect(simulator.ledger.microUsd).toBe(60_000);
  });

  it("that cannot be asked holds up no resume, which tells of it", async () => {
    const { another, budgets, events } = await setTheBudget({ limitMicroUsd: 100_000 });
    await another({ budgets: { ...budgets, open: async () => Promise.reject(new Error("away")) } }).resume();
    expect(events).toContainEqual({ type: "budgets.unreachable", code: null });
  });

  it("that cannot be asked lets nothing be sent", async () => {
    const { another, budgets, simulator } = await setTheBudget({ limitMicroUsd: 100_000 });
    const broken = another({ budgets: { ...budgets, reserve: async () => Promise.reject(new Error("away")) } });
    expect(String(await rejection(broken.stage(request)))).toContain("away");
    expect(simulator.requests).toEqual([]);
  });
});

describe("a budget near its limit", () => {
  const near = { limitMicroUsd: 1_000_000, stepDown: { atPercent: 5, modelId: qwen } } as const;
  const settings = async () => {
    const settings = createSettings({ store: memoryConfigStore() });
    await settings.setActive(max, { author });
    return settings;
  };

  it("has a cheaper model run, and the run says so", async () => {
    const { another } = await setTheBudget(near);
    const client = another({ settings: await settings() });
    expect(await client.stage(request)).toMatchObject({ modelId: max, modelOrigin: "global" });
    const run = await client.stage(request);
    expect(run).toMatchObject({ modelId: qwen, modelOrigin: "budget", cost: { microUsd: 30_000 } });
    expect(run.warnings).toContainEqual(expect.objectContaining({ code: "stepped_down", reason: expect.stringContaining("all") }));
  });

  it("goes on with its model where the cheaper one is no longer registered", async () => {
    const { another } = await setTheBudget({ ...near, stepDown: { atPercent: 5, modelId: "gone/model" } });
    const client = another({ settings: await settings() });
    await client.stage(request);
    const run = await client.stage(request);
    expect(run).toMatchObject({ modelId: max, modelOrigin: "global" });
    expect(run.warnings).toContainEqual(
      expect.objectContaining({ code: "cannot_step_down", reason: expect.stringContaining("gone/model") }),
    );
  });

  it("leaves a request alone that names its model, or values of its own", async () => {
    const { another } = await setTheBudget(near);
    const client = another({ settings: await settings() });
    await client.stage(request);
    expect(await client.stage({ ...request, modelId: pro })).toMatchObject({ modelId: pro, modelOrigin: "request" });
    for (const own of [{ config: { seed: 5 } }, { extraInput: { speed: "fast" } }]) {
      expect(await client.stage({ ...request, ...own })).toMatchObject({ modelId: max, modelOrigin: "global" });
    }
  });
});
