import type { AdminBudgets } from "./admin-budgets.ts";
import type { Answer } from "./route.ts";

/** How all budgets stand, and the version of all of them together. */
export async function showBudgets(budgets: AdminBudgets): Promise<Answer> {
  // In this order: what changes in between makes the version too old, never too new.
  const { version } = await budgets.list();
  return { body: { budgets: await budgets.status(), version: version === 0 ? null : version }, version };
}
