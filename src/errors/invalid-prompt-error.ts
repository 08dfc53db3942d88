import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** The parts of a staging prompt do not fit. Names every part, never the prompt's text. */
export class InvalidPromptError extends RestageError {
  static override readonly code = "invalid_prompt";
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super({ message: listProblems("The staging prompt cannot be written", problems) }, { problems });
  }
}
