import type { Budgets } from "../books/budget/budgets.ts";

/** What the admin needs of `createBudgets`. */
export type AdminBudgets = Pick<Budgets, "list" | "set" | "remove" | "status">;
