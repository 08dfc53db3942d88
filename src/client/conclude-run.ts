import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import { NotCreatedError } from "../errors/not-created-error.ts";
import { isPredictionId } from "../replicate/prediction.ts";
import { getPrediction } from "../replicate/predictions.ts";
import type { RunRecord } from "../runs/run.ts";
import { readRun, updateRun } from "../runs/update-run.ts";
import type { ClientContext } from "./client-context.ts";
import { isHeldByAnother, notePrediction } from "./note-prediction.ts";
import { settleRun } from "./settle-run.ts";

/** What a person found out about an unknown run. */
export interface Conclusion {
  /** The id of its prediction, as replicate.com/predictions shows it; `null`: there is none. */
  readonly predictionId: string | null;
}

/** Writes down what a person found out: the run goes on with its prediction, or failed and cost nothing. */
export async function concludeRun(context: ClientContext, runId: string, conclusion: Conclusion): Promise<RunRecord> {
  const predictionId: unknown = conclusion?.predictionId;
  const run = await readRun(context.runStore, runId);
  if (run.state !== "unknown") refuse("runId", `is ${run.state}: only an unknown run is for a person to conclude`);
  if (predictionId === null) {
    return settleRun(context, runId, {
      state: "failed",
      error: new NotCreatedError(runId, "a person found no prediction of it"),
      from: "unknown",
    });
  }
  if (!isPredictionId(predictionId)) refuse("predictionId", "must be the id of a prediction, or null");
  const prediction = await getPrediction(context.http, predictionId);
  if ((prediction.model ?? run.modelId) !== run.modelId) refuse("predictionId", `is one of ${prediction.model}, not of ${run.modelId}`);
  await notePrediction(context, runId, prediction, "person").catch((error) => {
    if (isHeldByAnother(error)) refuse("predictionId", "belongs to another run");
    throw error;
  });
  return updateRun(context.runStore, runId, ({ state }) => (state === "running" ? { leaseMs: null } : undefined));
}

function refuse(field: string, message: string): never {
  throw new InvalidRequestError([{ field, message }]);
}
