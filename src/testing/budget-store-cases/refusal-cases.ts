import assert from "node:assert/strict";
import type { BudgetStore } from "../../books/budget/budget-store.ts";
import { InvalidBudgetError } from "../../errors/invalid-budget-error.ts";
import { assertUsage } from "./assert-usage.ts";
import type { BudgetStoreCase } from "./budget-store-case.ts";
import { sampleLine } from "./sample-line.ts";

const amounts: readonly unknown[] = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e12 + 1, "10", undefined, 10n];
const take = { leaseMs: 60_000, limit: 10 };

/** What has a wrong shape is refused, all of it at once, and changes nothing. */
export const refusalCases: readonly BudgetStoreCase[] = [
  {
    name: "refuses amounts that are not whole, not positive or not safe",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "held", microUsd: 40, lines: [sampleLine()] });
      for (const amount of amounts) {
        const microUsd = amount as number;
        await assertRefused(store, "reserve", [{ runId: "new", microUsd, lines: [sampleLine()] }], ["microUsd"]);
        await assertRefused(store, "settle", ["held", microUsd], ["microUsd"]);
      }
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 40 });
      assert.deepEqual(await store.open({ olderThanMs: 0, limit: 10 }), ["held"]);
    },
  },
  {
    name: "refuses lines that are none, or twice the same",
    async run({ createStore }) {
      const store = await createStore();
      const reserve = (lines: readonly unknown[], fields: readonly string[]) =>
        assertRefused(store, "reserve", [{ runId: "a", microUsd: 1, lines: lines as [] }], fields);
      await reserve([], ["lines"]);
      await reserve([sampleLine(), sampleLine({ limitMicroUsd: 7 })], ["lines"]);
      for (const limitMicroUsd of [0, -1, 0.5, Number.NaN, 1e15 + 1, null as unknown as number]) {
        await reserve([sampleLine({ limitMicroUsd })], ["lines[0].limitMicroUsd"]);
      }
      await reserve(
        [sampleLine({ budgetId: "a b", period: "" }), sampleLine({ alertPercents: [0, 50, 101] })],
        ["lines[0].budgetId", "lines[0].period", "lines[1].alertPercents[0]", "lines[1].alertPercents[2]"],
      );
      assert.deepEqual(await store.open({ olderThanMs: 0, limit: 10 }), []);
    },
  },
  {
    name: "refuses runs, ages, counts and leases that are none",
    async run({ createStore }) {
      const store = await createStore();
      const lines = [sampleLine()];
      await assertRefused(store, "reserve", [{ runId: "", microUsd: -1, lines }], ["microUsd", "runId"]);
      await assertRefused(store, "settle", [7 as unknown as string, 1], ["runId"]);
      await assertRefused(store, "open", [{ olderThanMs: -1, limit: 0 }], ["limit", "olderThanMs"]);
      await assertRefused(store, "open", [{ olderThanMs: Number.NaN, limit: 1_001 }], ["limit", "olderThanMs"]);
      await assertRefused(store, "takeAlerts", [{ leaseMs: 0, limit: 101 }], ["leaseMs", "limit"]);
      await assertRefused(
        store,
        "reserve",
        [
          { runId: "a", microUsd: 1, lines },
          { ...take, limit: 0 },
        ],
        ["limit"],
      );
      await store.reserve({ runId: "held", microUsd: 40, lines });
      await assertRefused(store, "settle", ["held", 1, { ...take, leaseMs: Number.POSITIVE_INFINITY }], ["leaseMs"]);
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 40 });
    },
  },
  {
    name: "keeps run ids of any script apart, quotes and all",
    async run({ createStore }) {
      const store = await createStore();
      const runIds = ["'; drop table runs; --", 'a"b\\c', "Wohnküche", "🛋️", " ", "null"];
      for (const runId of runIds) await store.reserve({ runId, microUsd: 1, lines: [sampleLine()] });
      assert.deepEqual(await store.open({ olderThanMs: 0, limit: 10 }), runIds);
      for (const runId of runIds) await store.settle(runId, 2);
      await assertUsage(store, sampleLine(), { spent: 12, reserved: 0 });
    },
  },
];

async function assertRefused<Method extends "reserve" | "settle" | "open" | "takeAlerts">(
  store: BudgetStore,
  method: Method,
  parameters: Parameters<BudgetStore[Method]>,
  fields: readonly string[],
): Promise<void> {
  const call = store[method] as (...given: typeof parameters) => Promise<unknown>;
  await assert.rejects(call(...parameters), (error) => {
    assert.ok(InvalidBudgetError.is(error), `expected an InvalidBudgetError, not ${error}`);
    assert.deepEqual(error.problems.map(({ field }) => field).sort(), [...fields].sort());
    return true;
  });
}
