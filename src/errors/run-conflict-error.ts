import { RestageError } from "./restage-error.ts";

/** Another process changed the run in the meantime: read it again. */
export class RunConflictError extends RestageError {
  static override readonly code = "run_conflict";
  declare readonly runId: string;
  declare readonly expectedVersion: number;
  declare readonly currentVersion: number;

  constructor(runId: string, expectedVersion: number, currentVersion: number) {
    super(`Run ${runId} is at version ${currentVersion}, not ${expectedVersion}: read it again`, {
      retryable: true,
      runId,
      expectedVersion,
      currentVersion,
    });
  }
}
