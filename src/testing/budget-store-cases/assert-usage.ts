import assert from "node:assert/strict";
import type { BudgetCounter, BudgetStore } from "../../books/budget/budget-store.ts";

/** Holds what a counter has counted to these amounts. */
export async function assertUsage(
  store: BudgetStore,
  { budgetId, period }: BudgetCounter,
  amounts: { readonly spent: number; readonly reserved: number },
): Promise<void> {
  const [usage] = await store.usage([{ budgetId, period }]);
  assert.deepEqual({ spent: usage?.spentMicroUsd, reserved: usage?.reservedMicroUsd }, amounts, `what ${budgetId} counted in ${period}`);
}
