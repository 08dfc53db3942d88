import { RestageError } from "./restage-error.ts";
import { show } from "./show.ts";

/** The run store holds no run of this id. */
export class RunNotFoundError extends RestageError {
  static override readonly code = "run_not_found";
  declare readonly runId: string;

  constructor(runId: string) {
    super(`There is no run ${JSON.stringify(show(runId))} in this run store`, { runId });
  }
}
