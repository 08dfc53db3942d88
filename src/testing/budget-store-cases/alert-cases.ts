import assert from "node:assert/strict";
import { assertUsage } from "./assert-usage.ts";
import type { BudgetStoreCase } from "./budget-store-case.ts";
import { sampleLine } from "./sample-line.ts";

const take = { leaseMs: 60_000, limit: 10 };
const line = sampleLine({ alertPercents: [50, 80, 95] });
const toPercents = (alerts: readonly { readonly percent: number }[]) => alerts.map(({ percent }) => percent);

/** A percent that is reached is noted once, and kept until it was delivered. */
export const alertCases: readonly BudgetStoreCase[] = [
  {
    name: "notes every percent that a reservation reaches, once, and takes it along",
    async run({ createStore }) {
      const store = await createStore();
      assert.deepEqual((await store.reserve({ runId: "a", microUsd: 49, lines: [line] }, take)).alerts, []);
      const { alerts } = await store.reserve({ runId: "b", microUsd: 31, lines: [line] }, take);
      const amounts = { budgetId: "all", period: "total", limitMicroUsd: 100, spentMicroUsd: 0, reservedMicroUsd: 80 };
      const crossedAt = alerts[0]?.crossedAt as string;
      assert.equal(new Date(crossedAt).toISOString(), crossedAt);
      assert.deepEqual(alerts, [
        { ...amounts, percent: 50, crossedAt },
        { ...amounts, percent: 80, crossedAt },
      ]);
      await store.settle("a", 0);
      assert.deepEqual((await store.reserve({ runId: "c", microUsd: 49, lines: [line] }, take)).alerts, []);
      assert.deepEqual((await store.usage([line]))[0]?.alertedPercents, [50, 80]);
    },
  },
  {
    name: "notes what a settlement reaches, by the limit of the last reservation",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 10, lines: [line] });
      await store.reserve({ runId: "b", microUsd: 0, lines: [{ ...line, limitMicroUsd: 200 }] });
      const alerts = await store.settle("a", 170, take);
      assert.deepEqual(toPercents(alerts), [50, 80]);
      assert.deepEqual([alerts[0]?.limitMicroUsd, alerts[0]?.spentMicroUsd, alerts[0]?.reservedMicroUsd], [200, 170, 0]);
    },
  },
  {
    name: "notes each period and each budget by itself",
    async run({ createStore }) {
      const store = await createStore();
      const [may, june] = [
        { ...line, period: "month/2026-05-01" },
        { ...line, period: "month/2026-06-01" },
      ];
      const first = await store.reserve({ runId: "a", microUsd: 50, lines: [may, { ...may, budgetId: "b" }] }, take);
      assert.deepEqual(
        first.alerts.map(({ budgetId }) => budgetId),
        ["all", "b"],
      );
      const second = await store.reserve({ runId: "b", microUsd: 50, lines: [june] }, take);
      assert.deepEqual(
        second.alerts.map(({ period }) => period),
        ["month/2026-06-01"],
      );
    },
  },
  {
    name: "keeps what nobody took, or what was let go, until it is delivered",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 80, lines: [line] });
      assert.deepEqual(toPercents(await store.takeAlerts({ ...take, limit: 1 })), [50]);
      const [other] = await store.takeAlerts(take);
      assert.equal(other?.percent, 80);
      assert.deepEqual(await store.takeAlerts(take), []);
      await store.endAlert(other, false);
      // With the next reservation, even one that is refused.
      const { outcome, alerts } = await store.reserve({ runId: "b", microUsd: 30, lines: [line] }, take);
      assert.equal(outcome, "refused");
      assert.deepEqual(alerts, [other]);
      await store.endAlert(other, true);
      // Whoever comes late does not bring it back.
      await store.endAlert(other, false);
      await store.endAlert({ budgetId: "never", period: "total", percent: 50 }, true);
      assert.deepEqual(await store.takeAlerts(take), []);
      assert.deepEqual((await store.usage([line]))[0]?.alertedPercents, [50, 80]);
    },
  },
  {
    name: "gives what was let go in turns, after what nobody took yet",
    async run({ createStore }) {
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 100, lines: [line] });
      const takeOne = async () => {
        const [alert] = await store.takeAlerts({ ...take, limit: 1 });
        assert.ok(alert !== undefined, "every alert was let go");
        await store.endAlert(alert, false);
        return alert.percent;
      };
      assert.deepEqual([await takeOne(), await takeOne(), await takeOne()], [50, 80, 95]);
    },
  },
  {
    name: "gives an alert to somebody else once the lease of who took it is over",
    requires: "advance",
    async run({ createStore, advance }) {
      assert.ok(advance !== undefined, "the context has no advance(); declare it as unsupported, with the reason");
      const store = await createStore();
      await store.reserve({ runId: "a", microUsd: 50, lines: [line] }, { leaseMs: 40, limit: 10 });
      await advance(80);
      assert.deepEqual(toPercents(await store.takeAlerts(take)), [50]);
    },
  },
  {
    name: "gives each alert to one of many that reserve at once",
    async run({ createStore }) {
      const store = await createStore();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => store.reserve({ runId: `run ${index}`, microUsd: 2, lines: [line] }, take)),
      );
      const alerts = [...answers.flatMap((answer) => answer.alerts), ...(await store.takeAlerts(take))];
      assert.deepEqual(
        toPercents(alerts).sort((a, b) => a - b),
        [50, 80, 95],
      );
    },
  },
  {
    name: "gives each alert to one of many that take at once, while others reserve",
    async run({ createStore }) {
      const store = await createStore();
      const alertPercents = Array.from({ length: 100 }, (_, index) => index + 1);
      const lines = Array.from({ length: 4 }, (_, index) => sampleLine({ budgetId: `b${index}`, alertPercents }));
      const [first, ...others] = lines.map((one, index) => ({ runId: `run ${index}`, microUsd: 100, lines: [one] }));
      await store.reserve(first as (typeof others)[number]);
      const takes = Array.from({ length: 20 }, () => store.takeAlerts({ leaseMs: 60_000, limit: 7 }));
      const reserves = others.map(async (reservation) => (await store.reserve(reservation, take)).alerts);
      const alerts = (await Promise.all([...takes, ...reserves])).flat();
      for (let more = await store.takeAlerts(take); more.length > 0; more = await store.takeAlerts(take)) alerts.push(...more);
      assert.equal(alerts.length, 400);
      assert.equal(new Set(alerts.map(({ budgetId, percent }) => `${budgetId} ${percent}`)).size, 400);
    },
  },
  {
    name: "notes nothing for what is refused",
    async run({ createStore }) {
      const store = await createStore();
      const soft = { ...line, budgetId: "soft", isHard: false };
      const { outcome, alerts } = await store.reserve({ runId: "a", microUsd: 101, lines: [line, soft] }, take);
      assert.deepEqual([outcome, alerts], ["refused", []]);
      assert.deepEqual(await store.takeAlerts(take), []);
      await assertUsage(store, soft, { spent: 0, reserved: 0 });
    },
  },
];
