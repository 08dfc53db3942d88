import { isObject } from "../basics/is-object.ts";
import { CapacityError } from "../errors/capacity-error.ts";
import { DeadlineError } from "../errors/deadline-error.ts";
import { ModerationError } from "../errors/moderation-error.ts";
import { OutOfMemoryError } from "../errors/out-of-memory-error.ts";
import { PredictionFailedError } from "../errors/prediction-failed-error.ts";
import { PredictionStoppedError } from "../errors/prediction-stopped-error.ts";
import type { RestageError } from "../errors/restage-error.ts";
import type { AnyModel } from "../model/model.ts";
import { toEstimatedUsage } from "../model/to-estimated-usage.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { redact, toTexts } from "../replicate/redact.ts";
import type { RunRecord } from "../runs/run.ts";
import { toAttemptCost } from "../runs/to-attempt-cost.ts";
import { type Ending, toAttempt } from "./settle-run.ts";

// What failures are told apart by (Replicate's documentation, 2026-11), the first that fits. All of it quotes nobody.
const kinds = [
  [/\bE005\b|[Ff]lagged as sensitive/, ModerationError],
  [/\bE00[34]\b|[Tt]emporarily unavailable/, CapacityError],
  [/\bE1001\b|[Oo]ut of memory/, OutOfMemoryError],
  [/\bE\d{3,4}\b|no reason given|no image/, PredictionFailedError],
] as const;

/** What else tells how a prediction ended. */
export interface FailureHints {
  /** What was sent, to be kept out of the error. Default: what the prediction echoes; without it only known codes and words are kept. */
  readonly sentTexts?: readonly string[];
  /** Until when the prediction was allowed to take, in milliseconds from its creation, where it does not tell its deadline itself. */
  readonly cancelAfterMs?: number;
}

/** The end of a run whose prediction gave no images. */
export function toFailure(
  run: RunRecord,
  prediction: Prediction,
  model: AnyModel,
  { sentTexts = [], cancelAfterMs = Number.POSITIVE_INFINITY }: FailureHints = {},
): Ending & { error: RestageError } {
  const { id, status, started_at, metrics } = prediction;
  const hasStarted = Boolean(started_at);
  const usage = { hasStarted, outputs: null, seconds: metrics?.predict_time ?? null };
  const estimated = toEstimatedUsage(model, { ...run.config, ...run.extraInput });
  if (status !== "canceled" && status !== "aborted") {
    const detail = toDetail(prediction, model.published.promptKey, sentTexts);
    const [, Failure] = kinds.find(([pattern]) => pattern.test(detail)) ?? kinds[3];
    const cost = toAttemptCost(run.price, { status: "failed", ...usage }, estimated);
    return { state: "failed", error: new Failure(run.id, id, detail), attempt: toAttempt(prediction, cost) };
  }
  const cost = toAttemptCost(run.price, { status, ...usage }, estimated);
  const Stopped = !run.cancelRequested && isPastDeadline(prediction, cancelAfterMs) ? DeadlineError : PredictionStoppedError;
  return { state: status, error: new Stopped(run.id, id, status, hasStarted), attempt: toAttempt(prediction, cost) };
}

// A time that is not told is no number, and reaches nothing.
function isPastDeadline({ created_at, completed_at, deadline }: Prediction, cancelAfterMs: number): boolean {
  const end = deadline ? Date.parse(deadline) : Date.parse(created_at ?? "") + cancelAfterMs;
  return Date.parse(completed_at ?? "") >= end;
}

// Where it is not known what was sent, a reason could quote it.
function toDetail({ error, output, input }: Prediction, promptKey: string, sentTexts: readonly string[]): string {
  const reason = typeof error === "string" ? error : error ? JSON.stringify(error) : output === undefined ? "no reason given" : "no image";
  const areKnown = sentTexts.length > 0 || (isObject(input) && typeof input[promptKey] === "string");
  if (areKnown) return redact(reason, [...sentTexts, ...toTexts(input)]);
  const knownWords = new RegExp(kinds.map(([{ source }]) => source).join("|"), "g");
  return reason.match(knownWords)?.join(", ") ?? "see its page at Replicate";
}
