import { findBudgets } from "../find-budgets.ts";
import { defineRoute } from "../route.ts";
import { showBudgets } from "../show-budgets.ts";

/** `GET budgets`: what each allows, and how much of it is spent and reserved. */
export const listBudgets = defineRoute({
  method: "GET",
  path: "budgets",
  permission: "read",
  answer: async (context) => showBudgets(findBudgets(context)),
});
