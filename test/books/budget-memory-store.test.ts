import { describe, expect, it } from "vitest";
import { memoryBudgetStore } from "../../src/books/budget/memory-budget-store.ts";
import { sampleLine } from "../../src/testing/budget-store-cases/sample-line.ts";
import { budgetStoreSuite } from "../../src/testing/budget-store-suite.ts";

describe("memoryBudgetStore keeps the suite", () => {
  for (const { name, run } of budgetStoreSuite) {
    let now = Date.UTC(2026, 10, 21);
    const advance = (milliseconds: number) => {
      now += milliseconds;
    };
    it(name, () => run({ createStore: () => memoryBudgetStore({ clock: { now: () => now } }), advance }));
  }
});

it("has cases whose names tell them apart", () => {
  const names = budgetStoreSuite.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it("shares nothing with another store, and lives by real time unless told otherwise", async () => {
  const [one, other] = [memoryBudgetStore(), memoryBudgetStore()];
  await one.reserve({ runId: "a", microUsd: 100, lines: [sampleLine({ alertPercents: [50] })] });
  expect((await other.reserve({ runId: "a", microUsd: 100, lines: [sampleLine()] })).outcome).toBe("reserved");
  const [alert] = await one.takeAlerts({ leaseMs: 1_000, limit: 1 });
  expect(Math.abs(Date.parse(alert?.crossedAt ?? "") - Date.now())).toBeLessThan(60_000);
});
