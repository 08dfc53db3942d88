import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** What was asked cannot be sent to this model: no prompt, no photo, or values that it refuses. Lists every problem at once. */
export class InvalidInputError extends ProblemsError {
  static override readonly code = "invalid_input";
  declare readonly modelId: string;

  constructor(modelId: string, problems: readonly Problem[]) {
    super(`Invalid input for ${modelId}`, problems, { modelId });
  }
}
