import { AdminRequestError } from "../admin-request-error.ts";
import { findBudgets } from "../find-budgets.ts";
import { noteSchema } from "../note-schema.ts";
import { defineRoute } from "../route.ts";
import { showBudgets } from "../show-budgets.ts";

/** `DELETE budgets/{budget}`: removes a budget. On the version of all budgets together. */
export const deleteBudget = defineRoute({
  method: "DELETE",
  path: "budgets/{budget}",
  permission: "write",
  changes: "record",
  body: noteSchema,
  async answer(context, { parts, author, expectedVersion, body: { note } }) {
    const budgets = findBudgets(context);
    const isRemoved = await budgets.remove(parts.budget ?? "", { author, note, expectedVersion });
    if (!isRemoved) throw new AdminRequestError(404, "unknown_budget", "There is no budget of this id: see GET budgets");
    return showBudgets(budgets);
  },
});
