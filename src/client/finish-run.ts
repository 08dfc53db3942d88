import { ImageDownloadError } from "../errors/image-download-error.ts";
import { ImagesExpiredError } from "../errors/images-expired-error.ts";
import type { RestageError } from "../errors/restage-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import { RunNotWaitableError } from "../errors/run-not-waitable-error.ts";
import { toCost } from "../model/price.ts";
import { isStopped, toOutputUrls } from "../replicate/prediction.ts";
import { getPrediction } from "../replicate/predictions.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import { collectImages } from "./collect-images.ts";
import { type Ending, settleRun, sumCosts, toAttempt, toFailure } from "./settle-run.ts";
import type { StagedImage } from "./staged-image.ts";
import type { StagedRun } from "./staged-run.ts";
import type { StartedRun } from "./start-run.ts";
import { readRun, updateRun, withLastAttempt } from "./update-run.ts";
import { type Pause, toPause, waitForPrediction } from "./wait-for-prediction.ts";

/**
 * Waits for a run, brings its images home and settles it. A run that succeeded earlier has its images brought home once more.
 * @throws {WaitTimeoutError} when the caller's time is over; the run goes on.
 * @throws {PredictionFailedError} {PredictionStoppedError} {ImagesExpiredError} {ImageDownloadError} as it ends.
 * @throws {RunFailedError} when it ended earlier without images.
 * @throws {RunNotWaitableError} when it is unknown whether it has a prediction.
 */
export async function finishRun(
  context: ClientContext,
  { run: started, prediction: answered, sentTexts = [] }: StartedRun,
  options: WaitOptions,
  report: Report,
): Promise<StagedRun> {
  const pause = toPause(context, started.id, options);
  const run = await waitUntilSent(context, started, pause);
  if (run.state === "succeeded") return { ...run, images: await collect(run.attempts.at(-1)?.outputUrls ?? []) };
  if (run.state === "expired") throw new ImagesExpiredError(run.id);
  if (finalStates.includes(run.state)) throw new RunFailedError(run, run.error);
  const model = context.registry.lookup(run.modelId);
  const prediction = await waitForPrediction(context, run, answered, options.signal, pause, (phase) => report(run, phase));
  const urls = toOutputUrls(prediction);
  if (prediction.status === "failed" || isStopped(prediction) || (urls.length === 0 && !prediction.data_removed)) {
    return fail(toFailure(run, prediction, model, sentTexts));
  }
  // Written before anything is downloaded: a paid run keeps its addresses and its cost, whatever comes.
  const attempt = toAttempt(prediction, toCost(model.price, urls.length || model.maximumOutputs({ ...run.config, ...run.extraInput })));
  await updateRun(context.runStore, run.id, (current) => {
    if (finalStates.includes(current.state)) return undefined;
    const attempts = withLastAttempt(current, attempt);
    return { attempts, cost: sumCosts(attempts) };
  });
  const images = await collect(urls);
  const settled = await settleRun(context, run.id, { state: "succeeded", error: null, images });
  report(settled, "done");
  return { ...settled, images };

  // An address may not answer at first: only Replicate itself says that the images are gone.
  async function collect(urls: readonly string[]): Promise<readonly StagedImage[]> {
    report(run, "collecting");
    try {
      if (urls.length > 0) return await collectImages(context, urls, options.signal);
    } catch (error) {
      if (!ImageDownloadError.is(error)) throw error;
      const latest = await getPrediction(context.http, run.attempts.at(-1)?.predictionId ?? "").catch(() => undefined);
      if (!latest?.data_removed) throw error;
    }
    return fail({ state: "expired", error: new ImagesExpiredError(run.id) });
  }

  async function fail(ending: Ending & { error: RestageError }): Promise<never> {
    await settleRun(context, run.id, ending);
    throw ending.error;
  }
}

// A run that was joined may not have its prediction yet: whoever made it is about to send.
async function waitUntilSent({ runStore }: ClientContext, run: RunRecord, pause: Pause): Promise<RunRecord> {
  let current = run;
  while (current.state === "preparing" || current.state === "creating") {
    await pause(250);
    current = await readRun(runStore, run.id);
  }
  if (current.state === "unknown") throw new RunNotWaitableError(run.id, "unknown");
  return current;
}
