import type { RestageError } from "../errors/restage-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Cost, Price } from "../model/price.ts";
import { toEstimatedUsage } from "../model/to-estimated-usage.ts";
import { isStopped, type Prediction, toOutputUrls } from "../replicate/prediction.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import { withLastAttempt } from "../runs/run-changes.ts";
import type { RunPatch } from "../runs/run-store.ts";
import { sumCosts } from "../runs/sum-costs.ts";
import { toAttemptCost } from "../runs/to-attempt-cost.ts";
import { type Ending, toAttempt } from "./settle-run.ts";
import { type FailureHints, toFailure } from "./to-failure.ts";

/** What a prediction came to: the end of its run where there are no images; else what the images cost. */
export type Outcome =
  | { readonly ending: Ending & { error: RestageError }; readonly cost?: undefined }
  | { readonly ending?: undefined; readonly cost: Cost };

/**
 * Whether a prediction is over. One address is the whole output, even before the status says so, unless its price is by the second, which
 * are told at the end; an array may still grow.
 */
export function isDone(prediction: Prediction, output: "one" | "many", price?: Price | null): boolean {
  if ((finalStates as readonly string[]).includes(prediction.status)) return true;
  return output === "one" && price?.per !== "second" && toOutputUrls(prediction).length > 0;
}

/** What a prediction that is done means for its run. */
export function toOutcome(run: RunRecord, prediction: Prediction, model: AnyModel, hints?: FailureHints): Outcome {
  const { length } = toOutputUrls(prediction);
  if (prediction.status === "failed" || isStopped(prediction) || (length === 0 && !prediction.data_removed)) {
    return { ending: toFailure(run, prediction, model, hints) };
  }
  const ended = {
    status: "succeeded",
    hasStarted: true,
    outputs: length || null,
    seconds: prediction.metrics?.predict_time ?? null,
  } as const;
  return { cost: toAttemptCost(run.price, ended, toEstimatedUsage(model, { ...run.config, ...run.extraInput })) };
}

/**
 * What a run learns from its prediction as it stands; with a cost, from its images. `undefined` where that is no news: the run is over, has
 * another prediction, or knows a later status, since webhooks come in any order.
 */
export function toNews(run: RunRecord, prediction: Prediction, cost?: Cost): RunPatch | undefined {
  const last = run.attempts.at(-1);
  if (finalStates.includes(run.state) || last?.predictionId !== prediction.id) return undefined;
  const progress = toRank(prediction.status) - toRank(last.predictionStatus);
  if (progress < 0 || (progress === 0 && (cost === undefined || last.cost !== null))) return undefined;
  const { predictionStatus, startedAt, ...ended } = toAttempt(prediction, cost);
  const attempts = withLastAttempt(run, { predictionStatus, startedAt, ...(cost && ended) });
  return { attempts, ...(cost && { cost: sumCosts(attempts) }) };
}

function toRank(status: Prediction["status"] | null): number {
  return [null, "starting", "processing"].indexOf(status) + 1 || 4;
}
