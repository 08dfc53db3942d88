import type { AdminBudgets } from "./admin-budgets.ts";
import type { AdminContext } from "./admin-context.ts";
import { AdminRequestError } from "./admin-request-error.ts";

/**
 * The budgets of the service.
 * @throws {AdminRequestError} 404 where it keeps none.
 */
export function findBudgets({ budgets }: AdminContext): AdminBudgets {
  if (budgets !== undefined) return budgets;
  throw new AdminRequestError(404, "not_configured", "Budgets are shown only where createAdminHandler is given createBudgets(…)");
}
