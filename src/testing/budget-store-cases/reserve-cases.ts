import assert from "node:assert/strict";
import { assertUsage } from "./assert-usage.ts";
import type { BudgetStoreCase } from "./budget-store-case.ts";
import { sampleLine } from "./sample-line.ts";

/** What fits is reserved, under all budgets or under none. */
export const reserveCases: readonly BudgetStoreCase[] = [
  {
    name: "reserves up to the limit, and not a micro-dollar more",
    async run({ createStore }) {
      const store = await createStore();
      const lines = [sampleLine()];
      assert.deepEqual(await store.reserve({ runId: "a", microUsd: 60, lines }), { outcome: "reserved", alerts: [] });
      const refused = { outcome: "refused", refusedBy: { budgetId: "all", period: "total" }, committedMicroUsd: 60, alerts: [] };
      assert.deepEqual(await store.reserve({ runId: "b", microUsd: 41, lines }), refused);
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 60 });
      assert.equal((await store.reserve({ runId: "b", microUsd: 40, lines })).outcome, "reserved");
      assert.equal((await store.reserve({ runId: "c", microUsd: 1, lines })).outcome, "refused");
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 100 });
    },
  },
  {
    name: "reserves under all budgets or under none, and names the first without room",
    async run({ createStore }) {
      const store = await createStore();
      const [wide, narrow, narrower] = [
        sampleLine({ budgetId: "a" }),
        sampleLine({ budgetId: "b", limitMicroUsd: 50 }),
        sampleLine({ budgetId: "c", limitMicroUsd: 40 }),
      ];
      // In whatever order they are given.
      const answer = await store.reserve({ runId: "big", microUsd: 60, lines: [narrower, wide, narrow] });
      assert.deepEqual(answer, { outcome: "refused", refusedBy: { budgetId: "b", period: "total" }, committedMicroUsd: 0, alerts: [] });
      for (const line of [wide, narrow, narrower]) await assertUsage(store, line, { spent: 0, reserved: 0 });
      assert.deepEqual(await store.open({ olderThanMs: 0, limit: 10 }), []);
      assert.equal((await store.reserve({ runId: "fits", microUsd: 40, lines: [narrower, wide, narrow] })).outcome, "reserved");
      for (const line of [wide, narrow, narrower]) await assertUsage(store, line, { spent: 0, reserved: 40 });
    },
  },
  {
    name: "counts each period of a budget by itself",
    async run({ createStore }) {
      const store = await createStore();
      const [may, june] = [sampleLine({ period: "month/2026-05-01" }), sampleLine({ period: "month/2026-06-01" })];
      await store.reserve({ runId: "may", microUsd: 100, lines: [may] });
      assert.equal((await store.reserve({ runId: "june", microUsd: 100, lines: [june] })).outcome, "reserved");
      // A run that ends in June was May's.
      await store.settle("may", 70);
      const usage = { budgetId: "all", alertedPercents: [] };
      assert.deepEqual(await store.usage([june, may, sampleLine({ budgetId: "never" })]), [
        { ...usage, period: "month/2026-06-01", spentMicroUsd: 0, reservedMicroUsd: 100 },
        { ...usage, period: "month/2026-05-01", spentMicroUsd: 70, reservedMicroUsd: 0 },
        { ...usage, budgetId: "never", period: "total", spentMicroUsd: 0, reservedMicroUsd: 0 },
      ]);
      assert.deepEqual(await store.usage([]), []);
    },
  },
  {
    name: "changes nothing when a run that holds a reservation reserves again, whatever it says",
    async run({ createStore }) {
      const store = await createStore();
      const other = sampleLine({ budgetId: "other" });
      await store.reserve({ runId: "a", microUsd: 60, lines: [sampleLine()] });
      for (const microUsd of [60, 90, 1, null]) {
        assert.deepEqual(await store.reserve({ runId: "a", microUsd, lines: [sampleLine(), other] }), { outcome: "known", alerts: [] });
      }
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 60 });
      await assertUsage(store, other, { spent: 0, reserved: 0 });
    },
  },
  {
    name: "lets a soft budget be passed, and counts it",
    async run({ createStore }) {
      const store = await createStore();
      const soft = sampleLine({ isHard: false });
      assert.equal((await store.reserve({ runId: "a", microUsd: 250, lines: [soft] })).outcome, "reserved");
      assert.equal((await store.reserve({ runId: "b", microUsd: null, lines: [soft] })).outcome, "reserved");
      await assertUsage(store, soft, { spent: 0, reserved: 250 });
    },
  },
  {
    name: "lets runs of unknown cost pass while something is left, and free ones always",
    async run({ createStore }) {
      const store = await createStore();
      const lines = [sampleLine()];
      assert.equal((await store.reserve({ runId: "unknown", microUsd: null, lines })).outcome, "reserved");
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 0 });
      await store.settle("unknown", 130);
      await assertUsage(store, sampleLine(), { spent: 130, reserved: 0 });
      assert.deepEqual(await store.reserve({ runId: "next", microUsd: null, lines }), {
        outcome: "refused",
        refusedBy: { budgetId: "all", period: "total" },
        committedMicroUsd: 130,
        alerts: [],
      });
      assert.equal((await store.reserve({ runId: "free", microUsd: 0, lines })).outcome, "reserved");
    },
  },
  {
    name: "goes by the limit that a reservation brings",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 80, lines: [sampleLine()] });
      assert.equal((await store.reserve({ runId: "b", microUsd: 80, lines: [sampleLine({ limitMicroUsd: 160 })] })).outcome, "reserved");
      assert.equal((await store.reserve({ runId: "c", microUsd: 1, lines: [sampleLine({ limitMicroUsd: 120 })] })).outcome, "refused");
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 160 });
    },
  },
  {
    name: "counts to the micro-dollar, up to a billion dollars",
    async run({ createStore }) {
      const store = await createStore();
      const line = sampleLine({ limitMicroUsd: 1e15, alertPercents: [100] });
      await store.reserve({ runId: "a", microUsd: 1e12 - 1, lines: [line] });
      await store.reserve({ runId: "b", microUsd: 999_999_999_999, lines: [line] });
      await store.settle("a", 999_999_999_998);
      await assertUsage(store, line, { spent: 999_999_999_998, reserved: 999_999_999_999 });
      assert.deepEqual((await store.usage([line]))[0]?.alertedPercents, []);
    },
  },
  {
    name: "grants exactly as many of 100 reservations at once as fit, under two budgets in either order",
    async run({ createStore }) {
      const store = await createStore();
      const lines = [sampleLine({ limitMicroUsd: 74 }), sampleLine({ budgetId: "some", limitMicroUsd: 1_000 })];
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) => {
          const ordered = index % 2 === 0 ? lines : [...lines].reverse();
          return store.reserve({ runId: `run ${index}`, microUsd: 2, lines: ordered });
        }),
      );
      assert.equal(answers.filter(({ outcome }) => outcome === "reserved").length, 37);
      for (const line of lines) await assertUsage(store, line, { spent: 0, reserved: 74 });
    },
  },
  {
    name: "reserves once for a run that asks many times at once",
    async run({ createStore }) {
      const store = await createStore();
      const reservation = { runId: "a", microUsd: 30, lines: [sampleLine()] };
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.reserve(reservation)));
      assert.deepEqual(answers.map(({ outcome }) => outcome).sort(), [...Array.from({ length: 19 }, () => "known"), "reserved"]);
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 30 });
    },
  },
];
