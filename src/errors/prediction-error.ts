import { RestageError, type RestageErrorDetails } from "./restage-error.ts";

/** The base of every error about one prediction. Whether a failure is charged is not established: `billed` is `"unknown"` unless told. */
export abstract class PredictionError extends RestageError {
  declare readonly runId: string;
  declare readonly predictionId: string;

  constructor(runId: string, predictionId: string, what: string, details?: RestageErrorDetails) {
    super(`Prediction ${predictionId} of run ${runId} ${what}`, { retryable: true, billed: "unknown", runId, predictionId, ...details });
  }
}
