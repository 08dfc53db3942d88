import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** A staging request has the wrong shape. Lists every problem at once. */
export class InvalidRequestError extends RestageError {
  static override readonly code = "invalid_request";
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super({ message: listProblems("The staging request is not valid", problems) }, { problems });
  }
}
