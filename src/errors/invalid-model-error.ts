import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** A model's definition contradicts itself, or its id or settings key is taken. Lists every problem at once. */
export class InvalidModelError extends RestageError {
  static override readonly code = "invalid_model";
  declare readonly modelId: string;
  declare readonly problems: readonly Problem[];

  constructor(modelId: string, problems: readonly Problem[]) {
    super({ message: listProblems(`The definition of ${modelId} is not valid`, problems) }, { modelId, problems });
  }
}
