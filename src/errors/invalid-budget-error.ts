import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** A budget, or what was asked of the budgets, breaks a rule: an amount, a period, an overlap. Lists every problem at once; nothing was changed. */
export class InvalidBudgetError extends ProblemsError {
  static override readonly code = "invalid_budget";

  constructor(problems: readonly Problem[], wayOut = "") {
    super("Invalid budget", problems, {}, wayOut);
  }
}
