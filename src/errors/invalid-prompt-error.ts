import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

/** The parts of a staging prompt do not fit. Names every part, never the prompt's text. */
export class InvalidPromptError extends ProblemsError {
  static override readonly code = "invalid_prompt";

  constructor(problems: readonly Problem[]) {
    super("Invalid staging prompt", problems);
  }
}
