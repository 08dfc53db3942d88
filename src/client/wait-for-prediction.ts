import { RestageError } from "../errors/restage-error.ts";
import { RunNotWaitableError } from "../errors/run-not-waitable-error.ts";
import type { Http } from "../replicate/http.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { getPrediction } from "../replicate/predictions.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext, Progress } from "./client-context.ts";
import { toPollDelayMs } from "./poll-delay.ts";
import { isDone } from "./to-outcome.ts";
import { toPause, type Waiting } from "./to-pause.ts";

/**
 * Looks at a prediction until it is done. A look that fails is no news: the next one comes later.
 * @throws {WaitTimeoutError} when the caller's time is over; the prediction goes on.
 * @throws {RestageError} when Replicate does not know the prediction, or not the token.
 */
export async function waitForPrediction(
  context: ClientContext,
  run: RunRecord,
  latest: Prediction | undefined,
  waiter: Waiting,
  report: (phase: Progress["phase"]) => void,
): Promise<Prediction> {
  const { http, clock, emit, registry, durations, waiting } = context;
  const attempt = run.attempts.at(-1);
  if (!attempt?.predictionId) throw new RunNotWaitableError(run.id, run.state);
  const { predictionId } = attempt;
  const { usualDurationMs, published } = registry.lookup(run.modelId);
  const look = () =>
    getPrediction(http, predictionId, waiter.signal, waiter.deadlineMs - clock.now()).catch((error) => {
      if (!(RestageError.is(error) && error.retryable)) throw error;
      return undefined;
    });
  const pause = toPause(context, run, waiter);
  const beganMs = clock.now();
  let prediction = latest ?? (await look());
  const ageMs = toAgeMs(http, prediction);
  let status: string | undefined;
  let atLeastMs = 0;
  waiting.add(run.id);
  try {
    for (;;) {
      const elapsedMs = ageMs + clock.now() - beganMs;
      if (prediction !== undefined) {
        if (prediction.status !== status) {
          status = prediction.status;
          emit(run, { type: "attempt.status", attempt: attempt.number, predictionId, status });
        }
        if (isDone(prediction, published.output, run.price)) {
          durations.learn(run.modelId, prediction, { atLeastMs, atMostMs: elapsedMs });
          return prediction;
        }
        atLeastMs = elapsedMs;
        report(prediction.status === "starting" ? "starting" : "processing");
      }
      await pause(toPollDelayMs({ elapsedMs, usual: durations.of(run.modelId, usualDurationMs), waiting: waiting.size }));
      prediction = await look();
    }
  } finally {
    waiting.delete(run.id);
  }
}

// How long ago it was created, on Replicate's clock alone.
function toAgeMs({ latestDate }: Http, prediction: Prediction | undefined): number {
  const nowMs = latestDate ? latestDate.dateMs + latestDate.ageMs : 0;
  return Math.max(0, nowMs - Date.parse(prediction?.created_at ?? "") || 0);
}
