import type { AnyModel } from "../../model/model.ts";
import type { Outcome } from "./outcome.ts";
import type { PredictionPlan } from "./prediction-record.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";

/** The course of a prediction: the scripted one, and what the model usually does for the rest. `chance` is 0 to 1. */
export function planPrediction(
  settings: SimulatorSettings,
  model: AnyModel,
  input: Readonly<Record<string, unknown>>,
  createdAt: number,
  outcome: Outcome,
  chance: number,
): PredictionPlan {
  const usualMs = model.usualDurationMs * (1 + settings.durationJitter * (2 * chance - 1));
  const status = outcome.status ?? (outcome.error === undefined ? "succeeded" : "failed");
  const startsAt = outcome.neverStarts ? Number.POSITIVE_INFINITY : createdAt + settings.scale(outcome.startingMs ?? settings.startingMs);
  return {
    startsAt,
    endsAt: status === "aborted" ? startsAt : startsAt + settings.scale(outcome.durationMs ?? usualMs),
    status,
    error: outcome.error ?? (status === "failed" ? "Prediction failed: the model raised an exception." : null),
    outputs: outcome.outputs ?? model.maximumOutputs(input),
    ...("output" in outcome ? { output: outcome.output } : {}),
  };
}
