import { type Clock, systemClock } from "../../basics/clock.ts";
import { BudgetExceededError } from "../../errors/budget-exceeded-error.ts";
import { ReservationNotFoundError } from "../../errors/reservation-not-found-error.ts";
import { ReservationSettledError } from "../../errors/reservation-settled-error.ts";
import { UnknownPriceError } from "../../errors/unknown-price-error.ts";
import type { Registry } from "../../model/registry.ts";
import type { Spending, SpendingRun } from "../../runs/spending.ts";
import type { ConfigStore } from "../../settings/config-store.ts";
import type { Budget } from "./budget.ts";
import type { BudgetStore, BudgetUsage } from "./budget-store.ts";
import type { BudgetStatus, Budgets } from "./budgets.ts";
import { type AlertReceiver, createAlertDelivery } from "./create-alert-delivery.ts";
import { hasReached } from "./has-reached.ts";
import { storedBudgets } from "./stored-budgets.ts";
import { toPeriod } from "./to-period.ts";

/** Where budgets are kept and counted, and who is told of alerts. */
export interface BudgetsOptions extends AlertReceiver {
  /** Counts: `memoryBudgetStore()`, or `postgresBudgetStore` where several processes share budgets. */
  readonly store: BudgetStore;
  /** Holds the budgets, in one document of its own; the settings' store serves. It is read for every run: cache it. */
  readonly configStore: ConfigStore;
  /** The models that a budget may name when it is set, such as `settings.registry`. Default: any. */
  readonly registry?: Pick<Registry, "has" | "list"> | undefined;
  /** By what a run's period is told. Default: real time. */
  readonly clock?: Clock | undefined;
}

/**
 * Budgets that cannot be overrun by what goes through a client: the most that a run can cost is reserved before anything is sent, under
 * every budget that it falls under or under none, and settled when it is over.
 *
 * @example
 * ```ts
 * import { memoryConfigStore } from "restage";
 * import { createBudgets, memoryBudgetStore } from "restage/books";
 *
 * const budgets = createBudgets({
 *   store: memoryBudgetStore(),
 *   configStore: memoryConfigStore(),
 *   onAlert: ({ budgetId, percent }) => console.warn(`${budgetId}: ${percent} %`),
 * });
 * await budgets.set({ id: "everything", period: "month", limitMicroUsd: 100_000_000 }, { author: { name: "Ada" } });
 * ```
 */
export function createBudgets(options: BudgetsOptions): Budgets {
  const { store, configStore, clock = systemClock } = options;
  const { read, set, remove } = storedBudgets(configStore, options.registry);
  const { toTake, begin, deliverAll } = createAlertDelivery(store, options, clock);

  async function findFor(run: Pick<SpendingRun, "modelId" | "projectId">): Promise<readonly Budget[]> {
    const isFor = ({ modelId, projectId }: Budget) =>
      (modelId ?? run.modelId) === run.modelId && (projectId ?? run.projectId) === run.projectId;
    return (await read()).budgets.filter(isFor);
  }

  async function readStatus(budgets: readonly Budget[]): Promise<readonly BudgetStatus[]> {
    if (budgets.length === 0) return [];
    const now = clock.now();
    const periods = budgets.map(({ period }) => toPeriod(period, now));
    const usages = await store.usage(budgets.map(({ id }, index) => ({ budgetId: id, period: periods[index]?.key as string })));
    return budgets.map((budget, index) => {
      const { spentMicroUsd, reservedMicroUsd, alertedPercents } = usages[index] as BudgetUsage;
      const { startsAt = null, resetsAt = null } = periods[index] ?? {};
      const leftMicroUsd = Math.max(0, budget.limitMicroUsd - spentMicroUsd - reservedMicroUsd);
      return { budget, startsAt, resetsAt, spentMicroUsd, reservedMicroUsd, leftMicroUsd, alertedPercents };
    });
  }

  const spending: Required<Spending> = {
    async reserve({ runId, microUsd, ...run }) {
      const budgets = await findFor(run);
      if (budgets.length === 0) return;
      const refusing = budgets.find(({ isHard, unknownPrice }) => isHard && unknownPrice === "refuse");
      if (microUsd === null && refusing) throw new UnknownPriceError(refusing.id, run.modelId);
      const now = clock.now();
      const lines = budgets.map(({ id, period, limitMicroUsd, isHard, alertPercents }) => {
        return { budgetId: id, period: toPeriod(period, now).key, limitMicroUsd, isHard, alertPercents };
      });
      const answer = await store.reserve({ runId, microUsd, lines }, toTake());
      begin(answer.alerts);
      if (answer.outcome !== "refused") return;
      const { limitMicroUsd, period, id } = budgets.find((budget) => budget.id === answer.refusedBy.budgetId) as Budget;
      const leftMicroUsd = Math.max(0, limitMicroUsd - answer.committedMicroUsd);
      const { resetsAt } = toPeriod(period, now);
      throw new BudgetExceededError({ budgetId: id, limitMicroUsd, leftMicroUsd, neededMicroUsd: microUsd, resetsAt });
    },
    async settle(runId, microUsd) {
      try {
        begin(await store.settle(runId, microUsd, toTake()));
      } catch (error) {
        // No budget was for it, or it is booked: what was paid is never counted twice.
        if (!ReservationNotFoundError.is(error) && !ReservationSettledError.is(error)) throw error;
      }
    },
    open: (which) => store.open(which),
    async stepDown({ modelId, projectId }) {
      const budgets = (await findFor({ modelId, projectId })).filter(({ stepDown }) => stepDown && stepDown.modelId !== modelId);
      const near = (await readStatus(budgets)).find(({ budget, spentMicroUsd, reservedMicroUsd }) =>
        hasReached(budget.stepDown?.atPercent as number, budget.limitMicroUsd, spentMicroUsd + reservedMicroUsd),
      );
      return near && { modelId: near.budget.stepDown?.modelId as string, budgetId: near.budget.id };
    },
    deliverAlerts: deliverAll,
  };

  return {
    ...spending,
    list: read,
    set,
    remove,
    status: async () => readStatus((await read()).budgets),
  };
}
