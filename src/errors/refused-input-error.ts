import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** Replicate refused the input (HTTP 413 or 422); nothing was created. Lists each field that it names. */
export class RefusedInputError extends ProblemsError {
  static override readonly code = "refused_input";

  constructor(problems: readonly Problem[]) {
    super("Replicate refused the input, nothing was created", problems);
  }
}
