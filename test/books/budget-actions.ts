import fc from "fast-check";
import { expect } from "vitest";
import type { BudgetCounter, BudgetStore, ReservationLine } from "../../src/books/budget/budget-store.ts";
import { ReservationNotFoundError } from "../../src/errors/reservation-not-found-error.ts";
import { ReservationSettledError } from "../../src/errors/reservation-settled-error.ts";

const alertPercents = [50, 80, 95];
const budgets = [
  { budgetId: "all", limitMicroUsd: 1_000, isHard: true, alertPercents },
  { budgetId: "model", limitMicroUsd: 333, isHard: true, alertPercents },
  { budgetId: "soft", limitMicroUsd: 500, isHard: false, alertPercents },
] as const;
const periods = ["month/2026-05-01", "month/2026-06-01"] as const;

/** Something that a caller does to a budget store; a release is a settlement at 0, a retry the same again. */
export type BudgetAction =
  | {
      readonly type: "reserve";
      readonly run: number;
      readonly microUsd: number | null;
      readonly of: readonly number[];
      readonly period: number;
    }
  | { readonly type: "settle"; readonly run: number; readonly microUsd: number | null };

const amount = fc.oneof({ weight: 6, arbitrary: fc.nat(400) }, { weight: 1, arbitrary: fc.constant(null) });
const run = fc.nat(9);
const anyAction: fc.Arbitrary<BudgetAction> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("reserve" as const),
      run,
      microUsd: amount,
      of: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
      period: fc.nat(1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("settle" as const), run, microUsd: amount }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("settle" as const), run, microUsd: fc.constant(0) }) },
);

/** Rounds of actions; those of one round are done at once, each about a run of its own. */
export function anyRounds(maximumActions: number): fc.Arbitrary<readonly (readonly BudgetAction[])[]> {
  const round = fc.uniqueArray(anyAction, { selector: (action) => action.run, minLength: 1, maxLength: maximumActions });
  return fc.array(round, { minLength: 1, maxLength: 25 });
}

interface Held {
  readonly lines: readonly ReservationLine[];
  readonly reserved: number;
  settled?: number;
}

/**
 * Does these rounds and holds every answer, and all that was counted, to a simple model. `stores` are doors to one store; the actions of a
 * round are spread over them.
 */
export async function checkRounds(stores: readonly BudgetStore[], rounds: readonly (readonly BudgetAction[])[]): Promise<void> {
  const held = new Map<string, Held>();
  const taken = new Map<string, number>();
  const [first] = stores as [BudgetStore];
  const counters = budgets.flatMap((budget) => periods.map((period) => ({ ...budget, period })));
  const sum = (counter: BudgetCounter, toAmount: (one: Held) => number) =>
    [...held.values()].filter(({ lines }) => lines.some((line) => isSame(line, counter))).reduce((total, one) => total + toAmount(one), 0);
  const toSpent = (one: Held) => one.settled ?? 0;
  const toReserved = (one: Held) => (one.settled === undefined ? one.reserved : 0);
  const toCommitted = (counter: BudgetCounter) => sum(counter, (one) => toSpent(one) + toReserved(one));

  for (const round of rounds) {
    const isAlone = round.length === 1;
    const before = new Map(counters.map((counter) => [counter, toCommitted(counter)]));
    const answers = await Promise.all(round.map((action, index) => act(stores[index % stores.length] as BudgetStore, action)));
    for (const [index, action] of round.entries()) {
      const { outcome, alerts } = answers[index] as Awaited<ReturnType<typeof act>>;
      for (const { budgetId, period, percent } of alerts) {
        const key = `${budgetId} ${period} ${percent}`;
        taken.set(key, (taken.get(key) ?? 0) + 1);
      }
      const runId = `run ${action.run}`;
      const known = held.get(runId);
      if (action.type === "settle") {
        const cost = action.microUsd ?? known?.reserved ?? 0;
        expect(outcome).toBe(known === undefined ? "not found" : (known.settled ?? cost) === cost ? "done" : "settled");
        if (known && outcome === "done") known.settled = cost;
        continue;
      }
      if (known && known.settled !== 0) {
        expect(outcome).toBe(known.settled === undefined ? "known" : "settled");
        continue;
      }
      const lines = toLines(action);
      const { microUsd } = action;
      const isShort = (line: ReservationLine) => {
        const committed = before.get(counters.find((counter) => isSame(counter, line)) as (typeof counters)[number]) as number;
        return (
          line.isHard && (microUsd === null ? committed >= line.limitMicroUsd : microUsd > 0 && committed + microUsd > line.limitMicroUsd)
        );
      };
      if (isAlone) expect(outcome).toBe(lines.some(isShort) ? "refused" : "reserved");
      expect(["reserved", "refused"]).toContain(outcome);
      if (outcome === "reserved") held.set(runId, { lines, reserved: microUsd ?? 0 });
    }

    const usages = await first.usage(counters);
    for (const [index, counter] of counters.entries()) {
      const usage = usages[index];
      const committed = toCommitted(counter);
      expect(usage).toMatchObject({ spentMicroUsd: sum(counter, toSpent), reservedMicroUsd: sum(counter, toReserved) });
      // Only what a run cost above its reservation may pass a hard limit.
      const above = sum(counter, (one) => Math.max(0, toSpent(one) - one.reserved));
      if (counter.isHard) expect(committed).toBeLessThanOrEqual(counter.limitMicroUsd + above);
      const due = alertPercents.filter((percent) => committed * 100 >= percent * counter.limitMicroUsd);
      expect(usage?.alertedPercents).toEqual(expect.arrayContaining(due));
      for (const percent of usage?.alertedPercents ?? []) {
        expect(alertPercents).toContain(percent);
      }
    }
    const openRuns = [...held].filter(([, { settled }]) => settled === undefined).map(([runId]) => runId);
    expect([...(await first.open({ olderThanMs: 0, limit: 1_000 }))].sort()).toEqual(openRuns.sort());
  }
  for (const { budgetId, period, percent } of await first.takeAlerts(take)) {
    const key = `${budgetId} ${period} ${percent}`;
    taken.set(key, (taken.get(key) ?? 0) + 1);
  }
  const noted = (await first.usage(counters)).flatMap(({ budgetId, period, alertedPercents }) =>
    alertedPercents.map((percent) => `${budgetId} ${period} ${percent}`),
  );
  expect([...taken].sort()).toEqual(noted.map((key) => [key, 1]).sort());
}

// More than there can be: what nobody takes along is found at the end.
const take = { leaseMs: 86_400_000, limit: 100 };

async function act(store: BudgetStore, action: BudgetAction) {
  const runId = `run ${action.run}`;
  try {
    if (action.type === "settle") return { outcome: "done", alerts: await store.settle(runId, action.microUsd, take) };
    const { outcome, alerts } = await store.reserve({ runId, microUsd: action.microUsd, lines: toLines(action) }, take);
    return { outcome, alerts };
  } catch (error) {
    if (ReservationNotFoundError.is(error)) return { outcome: "not found", alerts: [] };
    if (ReservationSettledError.is(error)) return { outcome: "settled", alerts: [] };
    throw error;
  }
}

function toLines({ of, period }: Extract<BudgetAction, { readonly type: "reserve" }>): readonly ReservationLine[] {
  return of.map((index) => ({ ...(budgets[index] as (typeof budgets)[number]), period: periods[period] as string }));
}

function isSame(one: BudgetCounter, other: BudgetCounter): boolean {
  return one.budgetId === other.budgetId && one.period === other.period;
}
