import { ImagesExpiredError } from "../errors/images-expired-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import { RunNotWaitableError } from "../errors/run-not-waitable-error.ts";
import { WaitTimeoutError } from "../errors/wait-timeout-error.ts";
import { isStopped, type Prediction, toOutputUrls } from "../replicate/prediction.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import { collectImages } from "./collect-images.ts";
import { settleRun, toExpiry, toFailure, toSuccess } from "./settle-run.ts";
import type { StagedImage } from "./staged-image.ts";
import type { StagedRun } from "./staged-run.ts";
import { readRun } from "./update-run.ts";
import { waitForPrediction } from "./wait-for-prediction.ts";

/**
 * Waits for a run, brings its images home and settles it. A run that succeeded earlier has its images brought home once more.
 * @throws {WaitTimeoutError} when the caller's time is over; the run goes on.
 * @throws {PredictionFailedError} {PredictionStoppedError} {ImagesExpiredError} {ImageDownloadError} as it ends.
 * @throws {RunFailedError} when it ended earlier without images.
 * @throws {RunNotWaitableError} when it is unknown whether it has a prediction.
 */
export async function finishRun(
  context: ClientContext,
  started: RunRecord,
  answered: Prediction | undefined,
  options: WaitOptions,
  report: Report,
): Promise<StagedRun> {
  const run = await waitUntilSent(context, started, options);
  const collect = (urls: readonly string[]): Promise<readonly StagedImage[]> => {
    report(run, "collecting");
    return collectImages(context, run.id, urls, options.signal);
  };
  if (run.state === "succeeded") return { ...run, images: await collect(run.attempts.at(-1)?.outputUrls ?? []) };
  if (run.state === "expired") throw new ImagesExpiredError(run.id);
  if (finalStates.includes(run.state)) throw new RunFailedError(run, run.error);
  const model = context.registry.lookup(run.modelId);
  const prediction = await waitForPrediction(context, run, answered, options, (phase) => report(run, phase));
  if (prediction.status === "failed" || isStopped(prediction)) {
    const failure = toFailure(run, prediction, model);
    await settleRun(context, run.id, failure);
    throw failure.error;
  }
  const images = await collect(toOutputUrls(prediction)).catch(async (error) => {
    if (ImagesExpiredError.is(error)) await settleRun(context, run.id, toExpiry(run, prediction, model));
    throw error;
  });
  const settled = await settleRun(context, run.id, toSuccess(prediction, model, images));
  report(settled, "done");
  return { ...settled, images };
}

// A run that was joined may not have its prediction yet: whoever made it is about to send.
async function waitUntilSent({ runStore, clock, waitTimeoutMs }: ClientContext, run: RunRecord, options: WaitOptions): Promise<RunRecord> {
  const { signal, timeoutMs = waitTimeoutMs } = options;
  const deadline = clock.now() + timeoutMs;
  let current = run;
  while (current.state === "preparing" || current.state === "creating") {
    if (clock.now() >= deadline) throw new WaitTimeoutError(run.id, timeoutMs);
    await clock.sleep(250, signal);
    current = await readRun(runStore, run.id);
  }
  if (current.state === "unknown") throw new RunNotWaitableError(run.id, "unknown");
  return current;
}
