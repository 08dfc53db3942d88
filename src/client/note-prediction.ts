import { RunConflictError } from "../errors/run-conflict-error.ts";
import { UnrecordedPredictionError } from "../errors/unrecorded-prediction-error.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { cancelPrediction } from "../replicate/predictions.ts";
import type { Attempt, RunRecord } from "../runs/run.ts";
import { isLeftUnknown, withLastAttempt } from "../runs/run-changes.ts";
import { updateRun } from "../runs/update-run.ts";
import type { ClientContext } from "./client-context.ts";
import { toAttempt } from "./settle-run.ts";

/** A run, and its prediction where that is known. */
export interface AnsweredRun {
  readonly run: RunRecord;
  readonly prediction?: Prediction;
}

/**
 * Writes down which prediction the run's last attempt has, even if the run was given up meanwhile: the prediction is there, and paid. A
 * cancel that was asked for before its id was known is sent now.
 * @throws {RunConflictError} when another run holds the prediction.
 */
export async function notePrediction(
  { runStore, http }: ClientContext,
  runId: string,
  prediction: Prediction,
  foundBy: NonNullable<Attempt["foundBy"]>,
): Promise<AnsweredRun> {
  const change = { ...toAttempt(), predictionId: prediction.id, predictionStatus: prediction.status, foundBy, error: null };
  const run = await updateRun(runStore, runId, (current) => {
    const { predictionId } = current.attempts.at(-1) ?? {};
    // Somebody has written the same; or there is Replicate's own answer, which beats what a mark tells.
    if (predictionId === prediction.id || (predictionId && foundBy !== "answer")) return undefined;
    // One that was left to a person is held by nobody.
    const lease = isLeftUnknown(current) ? { leaseMs: null } : undefined;
    return { state: "running", finishedAt: null, error: null, cost: null, attempts: withLastAttempt(current, change), ...lease };
  });
  if (!run.cancelRequested) return { run, prediction };
  // One that fails leaves a run like any other.
  return { run, prediction: await cancelPrediction(http, prediction.id).catch(() => prediction) };
}

/**
 * Writes down the prediction that Replicate answered with; tries again for a while when the run store fails.
 * @throws {UnrecordedPredictionError} when it could not be written: `resume` will find the prediction by its mark.
 */
export async function noteAnswer(context: ClientContext, runId: string, prediction: Prediction): Promise<AnsweredRun> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await notePrediction(context, runId, prediction, "answer").catch(async (error) => {
        if (!isHeldByAnother(error) || !(await takeBack(context, prediction.id))) throw error;
        return notePrediction(context, runId, prediction, "answer");
      });
    } catch (error) {
      if (tries === 7 || isHeldByAnother(error)) throw new UnrecordedPredictionError(runId, prediction.id, error);
      await context.clock.sleep(context.retryDelayMs * 2 ** (tries - 1));
    }
  }
}

/** Whether a run could not be changed because another one holds its prediction. */
export function isHeldByAnother(error: unknown): boolean {
  return RunConflictError.is(error) && error.currentVersion === error.expectedVersion;
}

// The run that adopted it by its mark was wrong, and is unknown again. Gives whether nobody holds the prediction now.
async function takeBack({ runStore }: ClientContext, predictionId: string): Promise<boolean> {
  const [holder] = (await runStore.list({ predictionId, limit: 1 })).runs;
  if (holder === undefined) return true;
  let isFree = false;
  await updateRun(runStore, holder.id, (current) => {
    const last = current.attempts.at(-1);
    isFree = last?.predictionId !== predictionId;
    if (isFree || current.state !== "running" || !(last?.foundBy === "listing" || last?.foundBy === "webhook")) return undefined;
    isFree = true;
    return { state: "unknown", attempts: withLastAttempt(current, { ...toAttempt(), foundBy: null }), leaseMs: null };
  });
  return isFree;
}
