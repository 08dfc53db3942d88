import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import type { BudgetInput } from "../../books/budget/budget.ts";
import { findBudgets } from "../find-budgets.ts";
import { noteField } from "../note-schema.ts";
import { defineRoute } from "../route.ts";
import { showBudgets } from "../show-budgets.ts";

// The fields of a budget are checked by the budgets.
const body = once(() => z.looseObject(noteField()));

/** `PUT budgets/{budget}`: sets a budget, or changes it. On the version of all budgets together. */
export const putBudget = defineRoute({
  method: "PUT",
  path: "budgets/{budget}",
  permission: "write",
  changes: "record",
  body,
  async answer(context, { parts, author, expectedVersion, body: { note, ...budget } }) {
    const budgets = findBudgets(context);
    await budgets.set({ ...budget, id: parts.budget } as BudgetInput, { author, note, expectedVersion });
    return showBudgets(budgets);
  },
});
