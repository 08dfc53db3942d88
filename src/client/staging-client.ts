import { tell } from "../basics/tell.ts";
import type { AnyModel } from "../model/model.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { Feedback, RunRecord } from "../runs/run.ts";
import { readRun } from "../runs/update-run.ts";
import { createSettings } from "../settings/create-settings.ts";
import type { SettingsReader } from "../settings/settings.ts";
import { memoryConfigStore } from "../stores/memory/memory-config-store.ts";
import { cancelOnAbort } from "./cancel-on-abort.ts";
import { cancelRun } from "./cancel-run.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import { type Conclusion, concludeRun } from "./conclude-run.ts";
import { checkCounts, checkWait, createContext } from "./create-context.ts";
import { finishRun } from "./finish-run.ts";
import type { Source } from "./in-finish-order.ts";
import { createInFlight } from "./in-flight.ts";
import { noteFeedback } from "./note-feedback.ts";
import { noticeModelVersion } from "./notice-model-version.ts";
import type { Plan } from "./plan.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { type GroupProgress, readGroup } from "./read-group.ts";
import { type Received, receivePrediction } from "./receive-prediction.ts";
import { type ResumedRun, type ResumeOptions, resumeRuns } from "./resume-runs.ts";
import { runBatch } from "./run-batch.ts";
import { type StageManyOptions, type StageOutcome, type StartManyOptions, type StartOutcome, stageMany } from "./stage-many.ts";
import type { StageRequest } from "./stage-request.ts";
import type { StagedRun } from "./staged-run.ts";
import type { StagingClientOptions } from "./staging-client-options.ts";
import { type StartedRun, startRun } from "./start-run.ts";
import { toErrorOfSent } from "./to-error-of-sent.ts";
import type { Waiting } from "./to-pause.ts";

/**
 * Stages photos with the models of Replicate: every staging is paid once at most, images are brought home, every run is in the books.
 *
 * @example
 * ```ts
 * import { StagingClient } from "restage";
 *
 * const client = new StagingClient(); // the token comes from REPLICATE_API_TOKEN
 * const run = await client.stage({ image: { path: "room.jpg" }, room: "living_room", style: "scandinavian" });
 * await run.images[0]?.save("staged.webp");
 * console.log(run.modelId, run.cost, run.warnings);
 * ```
 */
export class StagingClient<Known extends AnyModel = BuiltInModel> {
  readonly #context: ClientContext;
  readonly #inFlight = createInFlight();
  readonly #settings: SettingsReader;
  readonly #random: () => number;

  /** @throws {InvalidRequestError} for a base URL over which a token must not travel. */
  constructor(options: StagingClientOptions<Known> = {}) {
    this.#settings = (options.settings ?? createSettings({ store: memoryConfigStore() })) as unknown as SettingsReader;
    this.#context = createContext(options as unknown as StagingClientOptions, this.#settings.registry);
    this.#random = options.random ?? Math.random;
    noticeModelVersion(options);
  }

  /**
   * What a request would send, why, and what it would cost at most. Sends nothing and needs no token.
   * @throws {RestageError} whatever Replicate would refuse, or the settings forbid.
   */
  async plan(request: StageRequest<Known>): Promise<Plan> {
    return (await this.#prepare(request)).plan;
  }

  /**
   * Stages a photo, from request to images.
   * @throws {RestageError} before anything is sent: whatever Replicate would refuse, or the settings forbid.
   * @throws {NotCreatedError} when Replicate twice created nothing.
   * @throws {UnknownOutcomeError} when it cannot be told whether a prediction was created: a person has to look, and to `conclude`.
   * @throws {ModerationError} {CapacityError} {OutOfMemoryError} {DeadlineError} {PredictionStoppedError} {PredictionFailedError}
   * {ImagesExpiredError} {ImageDownloadError} as the prediction ends.
   * @throws {WaitTimeoutError} when the time to wait is over; the run goes on.
   */
  stage(request: StageRequest<Known>, options: WaitOptions = {}): Promise<StagedRun> {
    return this.#work(options, async (waiting, report) => {
      const started = await this.#start(request, waiting, report);
      return this.#finish(started, waiting, report);
    });
  }

  /**
   * Stages many requests at once, and gives what became of each in the order in which they end: a run, or the error that `stage` throws.
   * A request is taken when there is room for it. One that fails does not end the others; an abort, a source of requests that throws and a
   * closed client do, by an error behind the last outcome.
   * @throws {InvalidRequestError} for a concurrency that is no whole number from 1, and for requests that are no list.
   */
  stageMany(requests: Source<StageRequest<Known>>, options: StageManyOptions = {}): AsyncIterableIterator<StageOutcome<Known>> {
    return stageMany((request, each) => this.stage(request, each), requests, options);
  }

  /**
   * Sends a staging and does not wait for it: `wait(run.id)` does. `timeoutMs` is how long a place within the limits, and an answer that got
   * lost, are waited for.
   * @throws {RestageError} as `stage` does before and while sending.
   */
  start(request: StageRequest<Known>, options: Pick<WaitOptions, "signal" | "timeoutMs"> = {}): Promise<RunRecord> {
    return this.#work(options, async (waiting, report) => {
      const { run, isJoined } = await this.#start(request, waiting, report);
      // What was sent is sent: a lease that could not be let go lapses by itself.
      return isJoined ? run : this.#context.leases.release(run.id).catch(() => run);
    });
  }

  /**
   * Sends many stagings and waits for none: for a function that ends, and is called back. Gives what became of each in the order in which
   * they are sent: its run, or the error that `start` throws; ends as `stageMany` does. `timeoutMs` is for each.
   * @throws {InvalidRequestError} for a concurrency that is no whole number from 1, and for requests that are no list.
   */
  startMany(requests: Source<StageRequest<Known>>, options: StartManyOptions = {}): AsyncIterableIterator<StartOutcome<Known>> {
    const { timeoutMs } = options;
    return runBatch(requests, (request, { signal }) => this.start(request, { signal, timeoutMs }), options);
  }

  /** How far the runs of a group are, read from the run store. A group that has none by now has no runs. */
  group(id: string): Promise<GroupProgress> {
    return this.#work({}, () => readGroup(this.#context.runStore, id));
  }

  /**
   * Waits for a run, in this or another process of the same run store, and brings its images home. A run whose maker is gone before its
   * answer came is reconciled, as by `resume`.
   * @throws {RunNotFoundError} {RunNotWaitableError} {RunFailedError} when there is nothing to wait for.
   * @throws {RestageError} as `stage` does while waiting.
   */
  wait(runId: string, options: WaitOptions = {}): Promise<StagedRun> {
    return this.#work(options, async (waiting, report) => {
      const run = await readRun(this.#context.runStore, runId);
      return this.#finish({ run, isJoined: false }, waiting, report);
    });
  }

  /**
   * Takes up what a crash, an abort or `start` left behind, in however many processes at once: runs that no process holds, oldest first.
   * One that was never sent is aborted; one whose answer got lost is looked for in Replicate's listings, and never sent again; one that is
   * running is waited for, and its images are brought home. What a dead process held is free when its lease is over (`leaseMs`): call it at
   * the start of a process, and every minute. Budgets are told what a dead process could not tell them.
   * @throws {InvalidRequestError} for a limit or concurrency that is no whole number from 1, and a time that is none.
   */
  resume({
    limit = 100,
    concurrency = 8,
    deadlineMs = Number.POSITIVE_INFINITY,
    ...options
  }: ResumeOptions = {}): Promise<readonly ResumedRun[]> {
    return this.#work(options, (waiting, report) => {
      checkCounts({ limit, concurrency });
      checkWait({ deadlineMs });
      return resumeRuns(this.#context, { limit, concurrency, deadlineMs }, waiting, report);
    });
  }

  /**
   * Writes down what a webhook tells: pass its parsed body, once `verifyWebhook` has let it through. Webhooks may come late, twice and in any
   * order; one that no run sent gives `undefined`. `createWebhookHandler` does all of it.
   * @throws {InvalidRequestError} for a body that is no prediction.
   */
  receive(prediction: unknown): Promise<Received | undefined> {
    return this.#work({}, () => receivePrediction(this.#context, prediction, (runId, options) => this.wait(runId, options)));
  }

  /**
   * Writes down what a person found out about a run that was left `unknown`: `wait` then brings its images home, or it has failed and cost
   * nothing, and its idempotency key is free.
   * @throws {RunNotFoundError}
   * @throws {InvalidRequestError} for a run that is not unknown, and a prediction of another model or run.
   * @throws {RestageError} when Replicate does not know the prediction, or could not be asked.
   */
  conclude(runId: string, conclusion: Conclusion): Promise<RunRecord> {
    return this.#work({}, () => concludeRun(this.#context, runId, conclusion));
  }

  /**
   * Writes down what a person made of a run's images; a later word replaces it.
   * @throws {RunNotFoundError}
   * @throws {InvalidRequestError} where it is no yes or no, or the reason longer than 1,000 characters.
   */
  feedback(runId: string, feedback: Pick<Feedback, "accepted"> & Partial<Pick<Feedback, "reason">>): Promise<RunRecord> {
    return this.#work({}, () => noteFeedback(this.#context, runId, feedback));
  }

  /**
   * Asks for the end of a run. A prediction that runs is charged all the same, one that has not started is free; a run that is over stays
   * as it is; one whose prediction is not known yet is canceled as soon as it is.
   * @throws {RunNotFoundError}
   * @throws {RestageError} when Replicate could not be asked.
   */
  cancel(runId: string): Promise<RunRecord> {
    return this.#work({}, () => cancelRun(this.#context, runId));
  }

  /** Takes no new work, and resolves when all that is under way is over. Never rejects. */
  drain(): Promise<void> {
    return this.#inFlight.drain();
  }

  /**
   * Takes no new work and ends all waiting, with a `ClientClosedError`; creates that are out are written down first, and runs go on, for
   * `resume` to take up. Resolves when nothing is under way. Never rejects.
   */
  close(): Promise<void> {
    return this.#inFlight.close();
  }

  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #work<Result>(options: WaitOptions, work: (waiting: Waiting, report: Report) => Promise<Result>): Promise<Result> {
    const { clock, waitTimeoutMs } = this.#context;
    const { timeoutMs = waitTimeoutMs } = options;
    return this.#inFlight.run(async (signal) => {
      checkWait({ timeoutMs });
      signal.throwIfAborted();
      const cancelSignal = options.cancelOnAbort ? options.signal : undefined;
      return work({ signal, cancelSignal, timeoutMs, deadlineMs: clock.now() + timeoutMs }, this.#reporter(options));
    }, options.signal);
  }

  #prepare(request: StageRequest<Known>): Promise<Prepared> {
    const drawSeed = () => Math.floor(this.#random() * 2 ** 31);
    return prepare(this.#settings, request as StageRequest<AnyModel>, drawSeed, this.#context);
  }

  async #start(request: StageRequest<Known>, waiting: Waiting, report: Report): Promise<StartedRun> {
    await this.#context.http.readToken(waiting.signal);
    const prepared = await this.#prepare(request);
    waiting.signal.throwIfAborted();
    return startRun(this.#context, prepared, request as StageRequest<AnyModel>, waiting, report);
  }

  async #finish(started: StartedRun, waiting: Waiting, report: Report): Promise<StagedRun> {
    const { run, isJoined, prediction } = started;
    const finish = () => finishRun(this.#context, started, waiting, report);
    try {
      return await (prediction ? this.#context.leases.hold(run, finish) : finish());
    } catch (error) {
      const told = toErrorOfSent(error, run.id, prediction?.id ?? run.attempts.at(-1)?.predictionId);
      if (isJoined) throw told;
      return cancelOnAbort(this.#context, run.id, waiting, told);
    }
  }

  #reporter({ onProgress }: WaitOptions): Report {
    const { clock, registry } = this.#context;
    const begun = clock.now();
    return ({ id: runId, modelId }, phase) => {
      const { usualDurationMs } = registry.lookup(modelId);
      tell(onProgress, { runId, modelId, phase, elapsedMs: clock.now() - begun, usualDurationMs });
    };
  }
}
