import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** A staging request has the wrong shape. Lists every problem at once. */
export class InvalidRequestError extends ProblemsError {
  static override readonly code = "invalid_request";

  constructor(problems: readonly Problem[]) {
    super("Invalid request", problems);
  }
}
