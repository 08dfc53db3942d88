import { RestageError } from "../errors/restage-error.ts";
import { RunNotWaitableError } from "../errors/run-not-waitable-error.ts";
import { WaitTimeoutError } from "../errors/wait-timeout-error.ts";
import type { Http } from "../replicate/http.ts";
import { type Prediction, toOutputUrls } from "../replicate/prediction.ts";
import { getPrediction } from "../replicate/predictions.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import type { ClientContext, Progress, WaitOptions } from "./client-context.ts";
import { ofRun } from "./client-event.ts";
import { toPollDelayMs } from "./poll-delay.ts";

/**
 * Looks at a prediction until it is done. A look that fails is no news: the next one comes later.
 * @throws {WaitTimeoutError} when the caller's time is over; the prediction goes on.
 * @throws {RestageError} when Replicate does not know the prediction, or not the token.
 */
export async function waitForPrediction(
  { http, clock, emit, registry, waitTimeoutMs }: ClientContext,
  run: RunRecord,
  latest: Prediction | undefined,
  { signal, timeoutMs = waitTimeoutMs }: WaitOptions,
  report: (phase: Progress["phase"]) => void,
): Promise<Prediction> {
  const attempt = run.attempts.at(-1);
  const predictionId = attempt?.predictionId;
  if (attempt === undefined || !predictionId) throw new RunNotWaitableError(run.id, run.state);
  const { usualDurationMs, published } = registry.lookup(run.modelId);
  const deadline = clock.now() + timeoutMs;
  const sentAt = Date.parse(attempt.sentAt);
  let prediction = latest ?? (await look(http, predictionId, signal));
  let status: string | undefined;
  for (;;) {
    if (prediction !== undefined) {
      if (prediction.status !== status) {
        status = prediction.status;
        emit({ ...ofRun(run), type: "attempt.status", attempt: attempt.number, predictionId, status });
      }
      if (isDone(prediction, published.output)) return prediction;
      report(prediction.status === "starting" ? "starting" : "processing");
    }
    const now = clock.now();
    if (now >= deadline) throw new WaitTimeoutError(run.id, timeoutMs);
    await clock.sleep(Math.min(deadline - now, toPollDelayMs(now - sentAt, usualDurationMs)), signal);
    prediction = await look(http, predictionId, signal);
  }
}

async function look(http: Http, predictionId: string, signal: AbortSignal | undefined): Promise<Prediction | undefined> {
  try {
    return await getPrediction(http, predictionId, signal);
  } catch (error) {
    if (RestageError.is(error) && error.retryable) return undefined;
    throw error;
  }
}

// One address is the whole output, even before the status says so; an array may still grow.
function isDone(prediction: Prediction, output: "one" | "many"): boolean {
  return (finalStates as readonly string[]).includes(prediction.status) || (output === "one" && toOutputUrls(prediction).length > 0);
}
