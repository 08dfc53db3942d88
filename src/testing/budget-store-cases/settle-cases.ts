import assert from "node:assert/strict";
import { ReservationNotFoundError } from "../../errors/reservation-not-found-error.ts";
import { ReservationSettledError } from "../../errors/reservation-settled-error.ts";
import { assertUsage } from "./assert-usage.ts";
import type { BudgetStoreCase } from "./budget-store-case.ts";
import { sampleLine } from "./sample-line.ts";

/** What was reserved becomes what it cost, once. */
export const settleCases: readonly BudgetStoreCase[] = [
  {
    name: "turns what was reserved into what it cost, under every budget, and gives back the rest",
    async run({ createStore }) {
      const store = await createStore();
      const lines = [sampleLine(), sampleLine({ budgetId: "other" })];
      await store.reserve({ runId: "a", microUsd: 60, lines });
      await store.reserve({ runId: "b", microUsd: 40, lines });
      assert.deepEqual(await store.settle("a", 25), []);
      for (const line of lines) await assertUsage(store, line, { spent: 25, reserved: 40 });
      assert.equal((await store.reserve({ runId: "c", microUsd: 35, lines })).outcome, "reserved");
    },
  },
  {
    name: "books a cost above what was reserved as it is, even above the limit",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 60, lines: [sampleLine()] });
      await store.settle("a", 145);
      await assertUsage(store, sampleLine(), { spent: 145, reserved: 0 });
      assert.equal((await store.reserve({ runId: "b", microUsd: 1, lines: [sampleLine()] })).outcome, "refused");
    },
  },
  {
    name: "counts an unknown cost as what was reserved",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 60, lines: [sampleLine()] });
      await store.settle("a", null);
      await assertUsage(store, sampleLine(), { spent: 60, reserved: 0 });
      // Said with the amount that it came to, it is the same settlement.
      await store.settle("a", 60);
      await store.settle("a", null);
      await assertUsage(store, sampleLine(), { spent: 60, reserved: 0 });
    },
  },
  {
    name: "settles once: the same again changes nothing, another amount is refused",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 60, lines: [sampleLine()] });
      await store.settle("a", 50);
      await store.settle("a", 50);
      for (const microUsd of [49, 51, 0, null]) {
        await assert.rejects(store.settle("a", microUsd), (error) => {
          assert.ok(ReservationSettledError.is(error), `expected a ReservationSettledError, not ${error}`);
          assert.deepEqual([error.runId, error.settledMicroUsd], ["a", 50]);
          return true;
        });
      }
      await assertUsage(store, sampleLine(), { spent: 50, reserved: 0 });
    },
  },
  {
    name: "refuses to settle what was never reserved, or refused",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "refused", microUsd: 101, lines: [sampleLine()] });
      for (const runId of ["never", "refused"]) {
        await assert.rejects(store.settle(runId, 10), (error) => ReservationNotFoundError.is(error) && error.runId === runId);
      }
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 0 });
    },
  },
  {
    name: "reserves anew for a run that was released, and not for one that was paid",
    async run({ createStore }) {
      const store = await createStore();
      const reservation = { runId: "a", microUsd: 60, lines: [sampleLine()] };
      await store.reserve(reservation);
      await store.settle("a", 0);
      await store.settle("a", 0);
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 0 });
      assert.equal((await store.reserve({ ...reservation, microUsd: 70 })).outcome, "reserved");
      await assertUsage(store, sampleLine(), { spent: 0, reserved: 70 });
      await store.settle("a", 65);
      await assert.rejects(store.reserve(reservation), (error) => ReservationSettledError.is(error) && error.settledMicroUsd === 65);
      await assertUsage(store, sampleLine(), { spent: 65, reserved: 0 });
    },
  },
  {
    name: "books once what many settle at once",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 60, lines: [sampleLine()] });
      const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => store.settle("a", index % 2 === 0 ? 40 : 41)));
      assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 10);
      const [usage] = await store.usage([sampleLine()]);
      assert.ok([40, 41].includes(usage?.spentMicroUsd as number), `spent ${usage?.spentMicroUsd}`);
      assert.equal(usage?.reservedMicroUsd, 0);
    },
  },
  {
    name: "lists runs with an open reservation, oldest first",
    async run({ createStore }) {
      const store = await createStore();
      for (const runId of ["c", "a", "b"]) await store.reserve({ runId, microUsd: 1, lines: [sampleLine()] });
      await store.settle("a", 1);
      assert.deepEqual(await store.open({ olderThanMs: 0, limit: 10 }), ["c", "b"]);
      assert.deepEqual(await store.open({ olderThanMs: 0, limit: 1 }), ["c"]);
      assert.deepEqual(await store.open({ olderThanMs: 60_000, limit: 10 }), []);
    },
  },
  {
    name: "tells the age of a reservation by its own clock, from the last time it was made",
    requires: "advance",
    async run({ createStore, advance }) {
      assert.ok(advance !== undefined, "the context has no advance(); declare it as unsupported, with the reason");
      const store = await createStore();
      for (const runId of ["old", "anew"]) await store.reserve({ runId, microUsd: 1, lines: [sampleLine()] });
      await store.settle("anew", 0);
      await advance(60);
      await store.reserve({ runId: "anew", microUsd: 1, lines: [sampleLine()] });
      assert.deepEqual(await store.open({ olderThanMs: 50, limit: 10 }), ["old"]);
      assert.deepEqual(await store.open({ olderThanMs: 0, limit: 10 }), ["old", "anew"]);
    },
  },
];
