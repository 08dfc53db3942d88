import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** What was asked cannot be sent to this model: no prompt, no photo, or values that it refuses. Lists every problem at once. */
export class InvalidInputError extends RestageError {
  static override readonly code = "invalid_input";
  declare readonly modelId: string;
  declare readonly problems: readonly Problem[];

  constructor(modelId: string, problems: readonly Problem[]) {
    super({ message: listProblems(`This input cannot be sent to ${modelId}`, problems) }, { modelId, problems });
  }
}
