import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** A model's definition contradicts itself, or its id or settings key is taken. Lists every problem at once. */
export class InvalidModelError extends ProblemsError {
  static override readonly code = "invalid_model";
  declare readonly modelId: string;

  constructor(modelId: string, problems: readonly Problem[]) {
    super(`Invalid definition of ${modelId}`, problems, { modelId });
  }
}
