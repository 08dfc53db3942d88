import { RestageError } from "./restage-error.ts";

/** What an exceeded budget tells. Amounts are micro-dollars. */
export interface BudgetExcess {
  readonly budgetId: string;
  readonly limitMicroUsd: number;
  /** What is neither spent nor reserved; 0 where the limit is reached or passed. */
  readonly leftMicroUsd: number;
  /** The most that the run can cost; `null`: not known. */
  readonly neededMicroUsd: number | null;
  /** When the next period begins, ISO 8601 in UTC; `null`: never. */
  readonly resetsAt: string | null;
}

/** A budget has not enough left for a run. Nothing was sent, and nothing reserved. */
export class BudgetExceededError extends RestageError implements BudgetExcess {
  static override readonly code = "budget_exceeded";
  declare readonly budgetId: string;
  declare readonly limitMicroUsd: number;
  declare readonly leftMicroUsd: number;
  declare readonly neededMicroUsd: number | null;
  declare readonly resetsAt: string | null;

  constructor(excess: BudgetExcess) {
    const { budgetId, limitMicroUsd, leftMicroUsd, neededMicroUsd, resetsAt } = excess;
    const left = `${toDollars(leftMicroUsd)} of ${toDollars(limitMicroUsd)} left`;
    const needed = neededMicroUsd === null ? "the cost of this run is not known" : `this run can cost ${toDollars(neededMicroUsd)}`;
    const reset = resetsAt === null ? "It never resets" : `It resets at ${resetsAt}`;
    // The same run may fit later: once the budget resets, is raised, or another run gives back what it did not use.
    super(`The budget ${budgetId} has ${left}, and ${needed}. ${reset}; budgets.set(…) raises it`, { retryable: true, ...excess });
  }
}

// Exact, whatever the amount: no division of the whole.
function toDollars(microUsd: number): string {
  const digits = String(microUsd).padStart(7, "0");
  const cents = digits.slice(-6).replace(/0{1,4}$/, "");
  return `$${digits.slice(0, -6)}.${cents}`;
}
