import { alertCases } from "./budget-store-cases/alert-cases.ts";
import type { BudgetStoreCase } from "./budget-store-cases/budget-store-case.ts";
import { refusalCases } from "./budget-store-cases/refusal-cases.ts";
import { reserveCases } from "./budget-store-cases/reserve-cases.ts";
import { settleCases } from "./budget-store-cases/settle-cases.ts";

/**
 * What every `BudgetStore` must do, as data for any test runner. Each case makes an empty store of its own. A store that lacks a
 * feature skips the cases that require it, and says why.
 *
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { memoryBudgetStore } from "restage/books";
 * import { budgetStoreSuite } from "restage/testing";
 *
 * for (const { name, run } of budgetStoreSuite) {
 *   let now = Date.now();
 *   const advance = (milliseconds: number) => {
 *     now += milliseconds;
 *   };
 *   test(name, () => run({ createStore: () => memoryBudgetStore({ clock: { now: () => now } }), advance }));
 * }
 * ```
 */
export const budgetStoreSuite: readonly BudgetStoreCase[] = [...reserveCases, ...settleCases, ...alertCases, ...refusalCases];
