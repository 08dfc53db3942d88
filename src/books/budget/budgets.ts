import type { Spending } from "../../runs/spending.ts";
import type { ConfigWriteOptions } from "../../settings/config-store.ts";
import type { Budget, BudgetInput } from "./budget.ts";
import type { BudgetList } from "./stored-budgets.ts";

/** A budget in its present period. Amounts are micro-dollars. */
export interface BudgetStatus {
  readonly budget: Budget;
  /** ISO 8601 in UTC; `null` where the period never began. */
  readonly startsAt: string | null;
  /** When the next period begins, ISO 8601 in UTC; `null`: never. */
  readonly resetsAt: string | null;
  /** Of runs that are over. */
  readonly spentMicroUsd: number;
  /** Of runs that are not. */
  readonly reservedMicroUsd: number;
  /** 0 where the limit is reached or passed. */
  readonly leftMicroUsd: number;
  /** The percents that were reached, rising. */
  readonly alertedPercents: readonly number[];
}

/** Budgets: how they are set, what they counted, and what a client asks of them. Give it to a `StagingClient`. */
export interface Budgets extends Required<Spending> {
  /**
   * All budgets, in the order in which they were first set.
   * @throws {InvalidBudgetError} where what is stored cannot be used.
   */
  list(): Promise<BudgetList>;
  /**
   * Sets a budget, or changes the one of its id, and gives it with its defaults. It counts the runs that are reserved from now on; one that
   * is changed keeps what it counted, and its alerts. `expectedVersion` is that of the list.
   * @throws {InvalidBudgetError} with every problem at once: values, an overlap, a change of model or project, a model that is not known.
   * @throws {InvalidSettingError} for an author or a note of a wrong shape.
   * @throws {VersionConflictError} where the budgets are at another version than expected.
   */
  set(budget: BudgetInput, write: ConfigWriteOptions): Promise<Budget>;
  /**
   * Removes a budget; `false` where there was none. What it counted stays, and counts again if its id is set again in the same period.
   * @throws {InvalidBudgetError} where what is stored cannot be used.
   * @throws {InvalidSettingError} for an author or a note of a wrong shape.
   * @throws {VersionConflictError} where the budgets are at another version than expected.
   */
  remove(budgetId: string, write: ConfigWriteOptions): Promise<boolean>;
  /**
   * How all budgets stand, read at one moment.
   * @throws {InvalidBudgetError} where what is stored cannot be used.
   */
  status(): Promise<readonly BudgetStatus[]>;
}
