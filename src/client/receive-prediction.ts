import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import { toCode } from "../errors/to-code.ts";
import { type Prediction, parsePrediction } from "../replicate/prediction.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import { updateRun } from "../runs/update-run.ts";
import { adoptPrediction } from "./adopt-prediction.ts";
import type { ClientContext, WaitOptions } from "./client-context.ts";
import { followEnding, writeEnding } from "./settle-run.ts";
import type { StagedRun } from "./staged-run.ts";
import { isDone, toNews, toOutcome } from "./to-outcome.ts";

/** A webhook that is in the books. */
export interface Received {
  /** The run as it stands now: settled, where its prediction gave no images. */
  readonly run: RunRecord;
  /** Whether there is something to collect or to clear away: images to bring home, or what a run that has just ended leaves behind. */
  readonly isDue: boolean;
  /**
   * Waits for the run, brings its images home and settles it, as `client.wait` does: safe to do several times, in several processes at once.
   * @throws {RunFailedError} for a run that gave no images.
   * @throws {RestageError} as `client.wait` does.
   */
  collect(options?: WaitOptions): Promise<StagedRun>;
}

/** What was written down. */
interface Noted {
  readonly run: RunRecord;
  readonly isDue: boolean;
  /** Whether this webhook ended the run. */
  readonly hasEnded: boolean;
}

/**
 * Writes down what a webhook tells, by two statements where a run holds its prediction. `undefined` for one that is no run's.
 * @throws {InvalidRequestError} for a body that is no prediction.
 */
export async function receivePrediction(
  context: ClientContext,
  body: unknown,
  wait: (runId: string, options?: WaitOptions) => Promise<StagedRun>,
): Promise<Received | undefined> {
  const { notify, emit } = context;
  const prediction = parsePrediction(body);
  if (prediction === undefined) throw new InvalidRequestError([{ field: "prediction", message: "must be the body of a webhook, parsed" }]);
  const holder = () => findHolder(context, prediction);
  // Looked for once more at the end: its answer may have been written down meanwhile.
  const found = (await holder()) ?? (await adoptPrediction(context, prediction)) ?? (await holder());
  if (found === undefined) {
    notify({ type: "webhook.foreign", predictionId: prediction.id });
    return undefined;
  }
  const { run, isDue, hasEnded } = await writeDown(context, found, prediction);
  const collect = async (options?: WaitOptions) => {
    if (hasEnded) await followEnding(context, run);
    return wait(run.id, options).catch((error) => {
      if (!RunFailedError.is(error)) emit(run, { type: "run.uncollected", code: toCode(error) });
      throw error;
    });
  };
  return { run, isDue, collect };
}

async function findHolder({ runStore }: ClientContext, { id }: Prediction): Promise<RunRecord | undefined> {
  const { runs } = await runStore.list({ predictionId: id, limit: 1 });
  return runs.find(({ attempts }) => attempts.some(({ predictionId }) => predictionId === id));
}

async function writeDown(context: ClientContext, found: RunRecord, prediction: Prediction): Promise<Noted> {
  const { runStore, registry, emit, cancelAfterMs } = context;
  const { id: predictionId, status } = prediction;
  if (finalStates.includes(found.state)) return { run: found, isDue: false, hasEnded: false };
  const model = registry.lookup(found.modelId);
  const { ending, cost } = isDone(prediction, model.published.output, found.price)
    ? toOutcome(found, prediction, model, { cancelAfterMs })
    : {};
  if (ending) {
    const { run, isOurs } = await writeEnding(context, found.id, ending, found);
    return { run, isDue: isOurs, hasEnded: isOurs };
  }
  let isNews = false;
  const toPatch = (current: RunRecord) => {
    const news = toNews(current, prediction, cost);
    isNews = news !== undefined;
    return news;
  };
  const run = await updateRun(runStore, found.id, toPatch, found);
  if (isNews) emit(run, { type: "attempt.status", attempt: run.attempts.length, predictionId, status });
  const isOurs = run.attempts.at(-1)?.predictionId === predictionId;
  return { run, isDue: cost !== undefined && isOurs && !finalStates.includes(run.state), hasEnded: false };
}
