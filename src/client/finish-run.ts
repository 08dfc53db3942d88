import { ImageDownloadError } from "../errors/image-download-error.ts";
import { ImagesExpiredError } from "../errors/images-expired-error.ts";
import type { RestageError } from "../errors/restage-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import { toOutputUrls } from "../replicate/prediction.ts";
import { getPrediction } from "../replicate/predictions.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import { updateRun } from "../runs/update-run.ts";
import { awaitAnswer } from "./await-answer.ts";
import type { ClientContext, Report } from "./client-context.ts";
import { collectImages } from "./collect-images.ts";
import { keptImages } from "./kept-images.ts";
import { type Ending, settleRun } from "./settle-run.ts";
import type { StagedImage } from "./staged-image.ts";
import type { StagedRun } from "./staged-run.ts";
import type { StartedRun } from "./start-run.ts";
import { toNews, toOutcome } from "./to-outcome.ts";
import { toPause, type Waiting } from "./to-pause.ts";
import { waitForPrediction } from "./wait-for-prediction.ts";

/**
 * Waits for a run, brings its images home and settles it. A run that succeeded earlier has its images brought home once more, unless a sink
 * keeps them.
 * @throws {WaitTimeoutError} when the caller's time is over; the run goes on.
 * @throws {RestageError} as the prediction ends: moderated, out of capacity, out of memory, at its deadline, stopped, or failed otherwise.
 * @throws {ImagesExpiredError} {ImageDownloadError} when the images are gone, or do not come home.
 * @throws {SinkError} when the sink does not keep them; the run goes on.
 * @throws {RunFailedError} when it ended earlier without images.
 * @throws {RunNotWaitableError} {UnknownOutcomeError} when it is unknown whether it has a prediction.
 */
export async function finishRun(context: ClientContext, started: StartedRun, waiting: Waiting, report: Report): Promise<StagedRun> {
  const { http, registry, runStore, cancelAfterMs, sink } = context;
  const { run, prediction: answered } = started.prediction
    ? started
    : await awaitAnswer(context, started.run, toPause(context, started.run, waiting));
  const predictionId = run.attempts.at(-1)?.predictionId ?? null;
  if (run.state === "succeeded")
    return { ...run, images: keptImages(run, sink) ?? (await collect(run, run.attempts.at(-1)?.outputUrls ?? [])) };
  if (run.state === "expired") throw new ImagesExpiredError(run.id, predictionId);
  if (finalStates.includes(run.state)) throw new RunFailedError(run, run.error);
  const model = registry.lookup(run.modelId);
  const prediction = await waitForPrediction(context, run, answered, waiting, (phase) => report(run, phase));
  const outcome = toOutcome(run, prediction, model, { sentTexts: started.sentTexts ?? [], cancelAfterMs });
  if (outcome.ending) return fail(outcome.ending);
  // Written before anything is downloaded: a paid run keeps its addresses and its cost, whatever comes.
  const paid = await updateRun(runStore, run.id, (current) => toNews(current, prediction, outcome.cost));
  if (!isStillOurs(paid)) return goOn(paid);
  const images = await collect(paid, toOutputUrls(prediction));
  const settled = await settleRun(context, run.id, { state: "succeeded", error: null, images, attempt: { predictionId } });
  if (!isStillOurs(settled)) return goOn(settled);
  report(settled, "done");
  return { ...settled, images };

  // An address may not answer at first: only Replicate itself says that the images are gone.
  async function collect(run: RunRecord, urls: readonly string[]): Promise<readonly StagedImage[]> {
    report(run, "collecting");
    // What the books no longer take up is brought home to the caller only.
    const isOver = finalStates.includes(run.state);
    try {
      if (urls.length > 0) return await collectImages(isOver ? { ...context, sink: undefined } : context, run, urls, waiting.signal);
    } catch (error) {
      if (!ImageDownloadError.is(error)) throw error;
      const latest = await getPrediction(http, predictionId ?? "").catch(() => undefined);
      if (!latest?.data_removed) throw error;
    }
    const error = new ImagesExpiredError(run.id, predictionId);
    await settleRun(context, run.id, { state: "expired", error, attempt: { predictionId } });
    throw error;
  }

  async function fail(ending: Ending & { error: RestageError }): Promise<StagedRun> {
    const settled = await settleRun(context, run.id, ending);
    if (!isStillOurs(settled)) return goOn(settled);
    throw ending.error;
  }

  // A prediction that was adopted may turn out to be another run's: then this one's is looked for once more.
  function isStillOurs({ attempts }: RunRecord): boolean {
    return attempts.at(-1)?.predictionId === predictionId;
  }

  function goOn(displaced: RunRecord): Promise<StagedRun> {
    return finishRun(context, { run: displaced }, waiting, report);
  }
}
