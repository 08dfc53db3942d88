import { describe, expect, it } from "vitest";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { BudgetExceededError } from "../../src/errors/budget-exceeded-error.ts";
import { ReservationSettledError } from "../../src/errors/reservation-settled-error.ts";
import { UnknownPriceError } from "../../src/errors/unknown-price-error.ts";
import { aRun, model, openBudgets, write } from "./open-budgets.ts";

const day = 86_400_000;
const monthly = { id: "monthly", period: "month", limitMicroUsd: 100_000 } as const;

describe("a reservation", () => {
  it("is granted while there is room, and refused by the name of the budget, what is left and when it resets", async () => {
    const { budgets } = openBudgets();
    await budgets.set(monthly, write);
    await budgets.reserve(aRun("a", 60_000));
    const error = await budgets.reserve(aRun("b", 40_001)).catch((thrown: unknown) => thrown);
    expect(BudgetExceededError.is(error)).toBe(true);
    expect(error).toMatchObject({
      budgetId: "monthly",
      limitMicroUsd: 100_000,
      leftMicroUsd: 40_000,
      neededMicroUsd: 40_001,
      resetsAt: "2026-02-01T00:00:00.000Z",
      billed: "no",
      message:
        "The budget monthly has $0.04 of $0.10 left, and this run can cost $0.040001. It resets at 2026-02-01T00:00:00.000Z; budgets.set(…) raises it",
    });
    await budgets.reserve(aRun("c", 40_000));
    expect(await budgets.status()).toMatchObject([{ spentMicroUsd: 0, reservedMicroUsd: 100_000, leftMicroUsd: 0 }]);
  });

  it("again changes nothing, and after a release makes a new one", async () => {
    const { budgets } = openBudgets();
    await budgets.set(monthly, write);
    for (let round = 0; round < 3; round += 1) await budgets.reserve(aRun("a", 60_000));
    expect((await budgets.status())[0]?.reservedMicroUsd).toBe(60_000);
    await budgets.settle("a", 0);
    await budgets.reserve(aRun("a", 50_000));
    expect((await budgets.status())[0]?.reservedMicroUsd).toBe(50_000);
    await budgets.settle("a", 45_000);
    const error = await budgets.reserve(aRun("a", 1)).catch((thrown: unknown) => thrown);
    expect(ReservationSettledError.is(error)).toBe(true);
  });

  it("is made under every budget of its model and project, or under none", async () => {
    const { budgets } = openBudgets();
    const all = { period: "total", limitMicroUsd: 1_000 } as const;
    await budgets.set({ ...all, id: "everything" }, write);
    await budgets.set({ ...all, id: "model", modelId: model }, write);
    await budgets.set({ ...all, id: "project", projectId: "p1" }, write);
    await budgets.set({ ...all, id: "both", modelId: model, projectId: "p1" }, write);
    await budgets.set({ ...all, id: "tight", projectId: "p2", limitMicroUsd: 5 }, write);
    await budgets.reserve(aRun("none", 1));
    await budgets.reserve(aRun("p1", 20, { projectId: "p1" }));
    await budgets.reserve(aRun("other", 300, { projectId: "p1", modelId: "a/b" }));
    await expect(budgets.reserve(aRun("p2", 6, { projectId: "p2" }))).rejects.toMatchObject({
      budgetId: "tight",
      resetsAt: null,
      message: expect.stringContaining("It never resets"),
    });
    const reserved = (await budgets.status()).map(({ budget, reservedMicroUsd }) => [budget.id, reservedMicroUsd]);
    expect(Object.fromEntries(reserved)).toEqual({ everything: 321, model: 21, project: 320, both: 20, tight: 0 });
  });

  it("asks nobody where no budget is for the run", async () => {
    const { budgets, store } = openBudgets();
    await budgets.set({ ...monthly, modelId: "a/b" }, write);
    await budgets.reserve(aRun("a", 7_000_000_000));
    await budgets.settle("a", 7_000_000_000);
    expect(await store.open({ olderThanMs: 0, limit: 10 })).toEqual([]);
  });

  it("begins anew with the period, and a run is counted where it was reserved", async () => {
    const { budgets, clock } = openBudgets();
    await budgets.set(monthly, write);
    await budgets.set({ ...monthly, id: "ever", period: "total", limitMicroUsd: 1_000_000 }, write);
    await budgets.reserve(aRun("january", 100_000));
    await clock.advance(31 * day - 1);
    await expect(budgets.reserve(aRun("late", 1))).rejects.toMatchObject({ code: "budget_exceeded" });
    await clock.advance(1);
    await budgets.reserve(aRun("february", 70_000));
    await budgets.settle("january", 90_000);
    expect(await budgets.status()).toMatchObject([
      { startsAt: "2026-02-01T00:00:00.000Z", resetsAt: "2026-03-01T00:00:00.000Z", spentMicroUsd: 0, reservedMicroUsd: 70_000 },
      { startsAt: null, resetsAt: null, spentMicroUsd: 90_000, reservedMicroUsd: 70_000 },
    ]);
  });
});

describe("a model without a price", () => {
  it("is refused, unless the budget allows it or only tells", async () => {
    const { budgets } = openBudgets();
    await budgets.set({ ...monthly, id: "soft", period: "day", isHard: false }, write);
    await budgets.set({ ...monthly, unknownPrice: "allow" }, write);
    await budgets.reserve(aRun("a", null));
    await budgets.set({ ...monthly, id: "strict", period: "year" }, write);
    const error = await budgets.reserve(aRun("b", null)).catch((thrown: unknown) => thrown);
    expect(UnknownPriceError.is(error)).toBe(true);
    expect(error).toMatchObject({ budgetId: "strict", modelId: model, retryable: false, billed: "no" });
    expect(await budgets.open({ olderThanMs: 0, limit: 10 })).toEqual(["a"]);
    await budgets.settle("a", 100_001);
    await budgets.remove("strict", write);
    // What it did cost passed the limit: the next one, whatever it costs, finds nothing left.
    await expect(budgets.reserve(aRun("c", null))).rejects.toMatchObject({
      leftMicroUsd: 0,
      neededMicroUsd: null,
      message: expect.stringContaining("the cost of this run is not known"),
    });
  });
});

describe("a settlement", () => {
  it("books what a run did cost, once", async () => {
    const { budgets } = openBudgets();
    await budgets.set(monthly, write);
    for (const runId of ["a", "b", "c"]) await budgets.reserve(aRun(runId, 30_000));
    await budgets.settle("a", 45_000);
    await budgets.settle("a", 45_000);
    await budgets.settle("a", 7);
    await budgets.settle("b", null);
    await budgets.settle("c", 0);
    await budgets.settle("nobody", 9);
    expect(await budgets.status()).toMatchObject([{ spentMicroUsd: 75_000, reservedMicroUsd: 0, leftMicroUsd: 25_000 }]);
  });

  it("is done by another process for a run that was left", async () => {
    const { budgets, store, configStore, clock } = openBudgets();
    await budgets.set(monthly, write);
    await budgets.reserve(aRun("left", 30_000));
    await clock.advance(1_000);
    await budgets.reserve(aRun("young", 30_000));
    const other = createBudgets({ store, configStore, clock });
    expect(await other.open({ olderThanMs: 500, limit: 10 })).toEqual(["left"]);
    await other.settle("left", 0);
    expect(await other.open({ olderThanMs: 0, limit: 10 })).toEqual(["young"]);
    expect((await budgets.status())[0]?.reservedMicroUsd).toBe(30_000);
  });

  it("refuses amounts that are none, and changes nothing", async () => {
    const { budgets } = openBudgets();
    await budgets.set(monthly, write);
    await budgets.reserve(aRun("a", 30_000));
    for (const microUsd of [-1, 0.5, Number.NaN, 2 ** 53]) {
      await expect(budgets.settle("a", microUsd)).rejects.toMatchObject({ code: "invalid_budget" });
      await expect(budgets.reserve(aRun("b", microUsd))).rejects.toMatchObject({ code: "invalid_budget" });
    }
    expect(await budgets.status()).toMatchObject([{ spentMicroUsd: 0, reservedMicroUsd: 30_000 }]);
  });
});

describe("a step down", () => {
  it("is asked for from its percent on, by the first budget near its limit", async () => {
    const { budgets } = openBudgets();
    const run = { modelId: model, projectId: null };
    expect(await budgets.stepDown(run)).toBeUndefined();
    await budgets.set({ ...monthly, stepDown: { atPercent: 80, modelId: "cheap/one" } }, write);
    await budgets.set({ ...monthly, id: "daily", period: "day", stepDown: { atPercent: 70, modelId: "cheap/two" } }, write);
    await budgets.reserve(aRun("a", 69_999));
    expect(await budgets.stepDown(run)).toBeUndefined();
    await budgets.reserve(aRun("b", 1));
    expect(await budgets.stepDown(run)).toEqual({ modelId: "cheap/two", budgetId: "daily" });
    await budgets.reserve(aRun("c", 10_000));
    expect(await budgets.stepDown(run)).toEqual({ modelId: "cheap/one", budgetId: "monthly" });
    // Not to the model that it is.
    expect(await budgets.stepDown({ ...run, modelId: "cheap/one" })).toEqual({ modelId: "cheap/two", budgetId: "daily" });
    await budgets.settle("a", 0);
    expect(await budgets.stepDown(run)).toBeUndefined();
  });
});
