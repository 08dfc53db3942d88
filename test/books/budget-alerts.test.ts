import { describe, expect, it } from "vitest";
import type { BudgetAlert } from "../../src/books/budget/budget-alert.ts";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { settled } from "../settings/manual-clock.ts";
import { aRun, openBudgets, write } from "./open-budgets.ts";

const monthly = { id: "monthly", period: "month", limitMicroUsd: 100_000 } as const;

/** A receiver that keeps what it gets, and fails where it is told to. */
function createReceiver() {
  const alerts: BudgetAlert[] = [];
  const errors: unknown[] = [];
  const receiver = {
    alerts,
    errors,
    fails: undefined as (() => unknown) | undefined,
    onAlert(alert: BudgetAlert): unknown {
      if (receiver.fails) return receiver.fails();
      alerts.push(alert);
      return undefined;
    },
    onError: (error: unknown) => errors.push(error),
    ids: () => alerts.map(({ id }) => id),
  };
  return receiver;
}

describe("alerts", () => {
  it("tell of each percent once in a period, and again in the next", async () => {
    const receiver = createReceiver();
    const { budgets, clock } = openBudgets(receiver);
    await budgets.set(monthly, write);
    await budgets.reserve(aRun("a", 49_999));
    await budgets.reserve(aRun("b", 1));
    await budgets.deliverAlerts();
    expect(receiver.alerts).toEqual([
      {
        id: "monthly_month_2026-01-01_50",
        budgetId: "monthly",
        percent: 50,
        period: "month",
        startsAt: "2026-01-01T00:00:00.000Z",
        resetsAt: "2026-02-01T00:00:00.000Z",
        limitMicroUsd: 100_000,
        spentMicroUsd: 0,
        reservedMicroUsd: 50_000,
        crossedAt: "2026-01-01T00:00:00.000Z",
      },
    ]);
    await budgets.settle("b", 0);
    await budgets.reserve(aRun("b", 1));
    await budgets.settle("a", 97_000);
    await budgets.deliverAlerts();
    const january = ["monthly_month_2026-01-01_50", "monthly_month_2026-01-01_80", "monthly_month_2026-01-01_95"];
    expect(receiver.ids()).toEqual(january);
    await clock.advance(31 * 86_400_000);
    await budgets.reserve(aRun("c", 50_000));
    await budgets.deliverAlerts();
    expect(receiver.ids()).toEqual([...january, "monthly_month_2026-02-01_50"]);
    expect((await budgets.status())[0]?.alertedPercents).toEqual([50]);
  });

  it("of a soft budget tell, and nothing is refused", async () => {
    const receiver = createReceiver();
    const { budgets } = openBudgets(receiver);
    await budgets.set({ ...monthly, id: "ever", period: "total", isHard: false, alertPercents: [100] }, write);
    await budgets.reserve(aRun("a", 99_999));
    await budgets.reserve(aRun("b", 1_000_000));
    await budgets.deliverAlerts();
    expect(receiver.alerts).toMatchObject([{ id: "ever_total_100", percent: 100, startsAt: null, resetsAt: null }]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no"))],
  ])("come again where the receiver %s, and change nothing for the staging", async (_, fails) => {
    const receiver = createReceiver();
    const { budgets } = openBudgets(receiver);
    await budgets.set(monthly, write);
    receiver.fails = fails;
    await budgets.reserve(aRun("a", 60_000));
    await budgets.settle("a", 60_000);
    await budgets.deliverAlerts();
    await budgets.deliverAlerts();
    expect(receiver.alerts).toEqual([]);
    expect(receiver.errors.length).toBeGreaterThanOrEqual(2);
    expect(String(receiver.errors[0])).toBe("Error: no");
    receiver.fails = undefined;
    // With the next reservation, be it refused.
    await expect(budgets.reserve(aRun("b", 100_000))).rejects.toMatchObject({ code: "budget_exceeded" });
    await settled();
    expect(receiver.ids()).toEqual(["monthly_month_2026-01-01_50"]);
    await budgets.deliverAlerts();
    expect(receiver.ids()).toHaveLength(1);
  });

  it("come one with each reservation while the receiver is down, none while one is under way, and all once it is back", async () => {
    const receiver = createReceiver();
    const { budgets, clock } = openBudgets(receiver);
    const percents = Array.from({ length: 12 }, (_, index) => index + 1);
    await budgets.set({ ...monthly, alertPercents: percents }, write);
    let asked = 0;
    receiver.fails = () => {
      asked += 1;
      throw new Error("no");
    };
    const askedAfter = async (change: Promise<void>) => {
      await change;
      await settled();
      return asked;
    };
    expect(await askedAfter(budgets.reserve(aRun("a", 12_000)))).toBe(10);
    expect(await askedAfter(budgets.reserve(aRun("b", 1)))).toBe(11);
    expect(await askedAfter(budgets.settle("b", 1))).toBe(12);
    receiver.fails = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    expect(await askedAfter(budgets.reserve(aRun("c", 1)))).toBe(13);
    expect(await askedAfter(budgets.reserve(aRun("d", 1)))).toBe(13);
    expect(await askedAfter(budgets.settle("c", 1))).toBe(13);
    await clock.advance(30_000);
    receiver.fails = undefined;
    await askedAfter(budgets.reserve(aRun("e", 1)));
    expect(receiver.alerts).toHaveLength(1);
    await askedAfter(budgets.reserve(aRun("f", 1)));
    expect(receiver.alerts).toHaveLength(11);
    await askedAfter(budgets.settle("f", 1));
    expect(receiver.alerts.map(({ percent }) => percent).sort((a, b) => a - b)).toEqual(percents);
  });

  it("come again where the receiver never ends, or its process dies", async () => {
    const receiver = createReceiver();
    const { budgets, store, configStore, clock } = openBudgets(receiver);
    await budgets.set(monthly, write);
    receiver.fails = () => new Promise(() => undefined);
    await budgets.reserve(aRun("a", 60_000));
    const other = createReceiver();
    const others = createBudgets({ store, configStore, clock, ...other });
    // Meanwhile it is the first one's.
    await others.deliverAlerts();
    expect(other.alerts).toEqual([]);
    await clock.advance(30_000);
    expect(receiver.errors).toMatchObject([{ code: "alert_undelivered", status: null }]);
    await others.deliverAlerts();
    expect(other.ids()).toEqual(["monthly_month_2026-01-01_50"]);

    await store.reserve({ runId: "b", microUsd: 1, lines: [line] }, { leaseMs: 60_000, limit: 10 });
    await others.deliverAlerts();
    await clock.advance(60_000);
    await others.deliverAlerts();
    expect(other.ids()).toEqual(["monthly_month_2026-01-01_50", "died_total_1"]);
  });

  it("wait in the store while nobody receives", async () => {
    const { budgets, store, configStore, clock } = openBudgets();
    await budgets.set(monthly, write);
    await budgets.reserve(aRun("a", 100_000));
    await budgets.deliverAlerts();
    expect((await budgets.status())[0]?.alertedPercents).toEqual([50, 80, 95]);
    const receiver = createReceiver();
    await createBudgets({ store, configStore, clock, ...receiver }).deliverAlerts();
    expect(receiver.alerts.map(({ percent }) => percent)).toEqual([50, 80, 95]);
  });

  it("are all delivered, however many there are", async () => {
    const receiver = createReceiver();
    const { budgets, store, configStore, clock } = openBudgets();
    await budgets.set({ ...monthly, alertPercents: Array.from({ length: 35 }, (_, index) => index + 1) }, write);
    await budgets.reserve(aRun("a", 100_000));
    const others = createBudgets({ store, configStore, clock, ...receiver });
    await others.deliverAlerts();
    expect(receiver.alerts.map(({ percent }) => percent).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 35 }, (_, index) => index + 1),
    );
  });

  it("tell of a store that fails, and never reject", async () => {
    const receiver = createReceiver();
    const { budgets, store, configStore, clock } = openBudgets(receiver);
    const away = () => Promise.reject(new Error("away"));
    const broken = createBudgets({ store: { ...store, takeAlerts: away, endAlert: away }, configStore, clock, ...receiver });
    await broken.deliverAlerts();
    await budgets.set(monthly, write);
    await broken.reserve(aRun("a", 60_000));
    await broken.deliverAlerts();
    expect(receiver.errors.map(String)).toEqual(["Error: away", "Error: away", "Error: away"]);
    expect(receiver.alerts).toHaveLength(1);
    // Not written down as delivered: it comes again, by the same id.
    await clock.advance(60_000);
    await budgets.deliverAlerts();
    expect(new Set(receiver.ids()).size).toBe(1);
    expect(receiver.alerts).toHaveLength(2);
  });
});

const line = { budgetId: "died", period: "total", limitMicroUsd: 100, isHard: true, alertPercents: [1] };
