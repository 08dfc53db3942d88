import { isStopped } from "../replicate/prediction.ts";
import { cancelPrediction } from "../replicate/predictions.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import { updateRun } from "../runs/update-run.ts";
import type { ClientContext } from "./client-context.ts";
import { settleRun } from "./settle-run.ts";
import { toErrorOfSent } from "./to-error-of-sent.ts";
import { toFailure } from "./to-failure.ts";

/** Writes down that a run shall end, and asks Replicate for it where its prediction is known. */
export async function cancelRun(context: ClientContext, runId: string): Promise<RunRecord> {
  const { runStore, http, registry } = context;
  const run = await updateRun(runStore, runId, ({ state }) => (finalStates.includes(state) ? undefined : { cancelRequested: true }));
  const predictionId = run.attempts.at(-1)?.predictionId;
  if (finalStates.includes(run.state) || !predictionId) return run;
  const prediction = await cancelPrediction(http, predictionId).catch((error) => {
    throw toErrorOfSent(error, run.id, predictionId);
  });
  return isStopped(prediction) ? settleRun(context, run.id, toFailure(run, prediction, registry.lookup(run.modelId))) : run;
}
