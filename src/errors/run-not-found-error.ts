import { RestageError } from "./restage-error.ts";

/** The run store holds no run of this id. */
export class RunNotFoundError extends RestageError {
  static override readonly code = "run_not_found";
  declare readonly runId: string;

  constructor(runId: string) {
    super({ message: `There is no run ${JSON.stringify(String(runId).slice(0, 100))} in this run store` }, { runId });
  }
}
