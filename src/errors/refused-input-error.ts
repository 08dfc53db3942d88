import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** Replicate refused the input (HTTP 413 or 422); nothing was created. Lists each field that it names. */
export class RefusedInputError extends RestageError {
  static override readonly code = "refused_input";
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super({ message: listProblems("Replicate refused the input, nothing was created", problems) }, { problems });
  }
}
