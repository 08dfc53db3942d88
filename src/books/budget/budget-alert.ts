import type { BudgetPeriod } from "./budget.ts";
import type { NotedAlert } from "./budget-store.ts";
import { fromPeriodKey } from "./to-period.ts";

/** A budget has reached a percent of its limit. Plain JSON; amounts are micro-dollars of that moment. */
export interface BudgetAlert {
  /** The same whenever this alert is delivered: one of an id that is known is to be ignored. */
  readonly id: string;
  readonly budgetId: string;
  readonly percent: number;
  readonly period: BudgetPeriod;
  /** When the period began, ISO 8601 in UTC; `null` where it never did. */
  readonly startsAt: string | null;
  /** When the next one begins, ISO 8601 in UTC; `null`: never. */
  readonly resetsAt: string | null;
  readonly limitMicroUsd: number;
  readonly spentMicroUsd: number;
  readonly reservedMicroUsd: number;
  /** ISO 8601 in UTC. */
  readonly crossedAt: string;
}

/** What a store noted, as receivers get it. */
export function toBudgetAlert({ budgetId, period: key, percent, ...amounts }: NotedAlert): BudgetAlert {
  const { period, startsAt, resetsAt } = fromPeriodKey(key);
  return { id: [budgetId, ...key.split("/"), percent].join("_"), budgetId, percent, period, startsAt, resetsAt, ...amounts };
}
