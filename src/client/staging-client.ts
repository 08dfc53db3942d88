import { tell } from "../basics/tell.ts";
import { RestageError } from "../errors/restage-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { BuiltInModel } from "../models/registry.ts";
import { isStopped } from "../replicate/prediction.ts";
import { cancelPrediction } from "../replicate/predictions.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import { createSettings } from "../settings/create-settings.ts";
import type { SettingsReader } from "../settings/settings.ts";
import { memoryConfigStore } from "../stores/memory/memory-config-store.ts";
import type { ClientContext, Report, WaitOptions } from "./client-context.ts";
import { checkWait, createContext, readEnvironment } from "./create-context.ts";
import { finishRun } from "./finish-run.ts";
import type { Plan } from "./plan.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { settleRun, toFailure } from "./settle-run.ts";
import type { StageRequest } from "./stage-request.ts";
import type { StagedRun } from "./staged-run.ts";
import type { StagingClientOptions } from "./staging-client-options.ts";
import { type StartedRun, startRun } from "./start-run.ts";
import { readRun, updateRun } from "./update-run.ts";

/**
 * Stages photos with the models of Replicate: one POST a staging, never sent again; images brought home; every run in the books.
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
   * @throws {UnknownOutcomeError} when no answer tells whether a prediction was created; it is not sent again.
   * @throws {PredictionFailedError} {PredictionStoppedError} {ImagesExpiredError} {ImageDownloadError} as the prediction ends.
   * @throws {WaitTimeoutError} when the time to wait is over; the run goes on.
   */
  async stage(request: StageRequest<Known>, options: WaitOptions = {}): Promise<StagedRun> {
    const report = this.#reporter(options);
    return this.#finish(await this.#start(request, options, report), options, report);
  }

  /**
   * Sends a staging and does not wait for it: `wait(run.id)` does.
   * @throws {RestageError} as `stage` does before and while sending.
   */
  async start(request: StageRequest<Known>, options: Pick<WaitOptions, "signal"> = {}): Promise<RunRecord> {
    return (await this.#start(request, options, this.#reporter(options))).run;
  }

  /**
   * Waits for a run, in this or another process of the same run store, and brings its images home.
   * @throws {RunNotFoundError} {RunNotWaitableError} {RunFailedError} when there is nothing to wait for.
   * @throws {RestageError} as `stage` does while waiting.
   */
  async wait(runId: string, options: WaitOptions = {}): Promise<StagedRun> {
    const report = this.#reporter(options);
    return this.#finish({ run: await readRun(this.#context.runStore, runId) }, options, report);
  }

  /**
   * Asks for the end of a run. A prediction that runs is charged all the same, one that has not started is free; a run that is over stays
   * as it is; one whose prediction is not known yet is canceled as soon as it is.
   * @throws {RunNotFoundError}
   * @throws {RestageError} when Replicate could not be asked.
   */
  async cancel(runId: string): Promise<RunRecord> {
    const { runStore, http, registry } = this.#context;
    const run = await updateRun(runStore, runId, (current) =>
      finalStates.includes(current.state) ? undefined : { cancelRequested: true },
    );
    const predictionId = run.attempts.at(-1)?.predictionId;
    if (finalStates.includes(run.state) || !predictionId) return run;
    const model = registry.lookup(run.modelId);
    const prediction = await cancelPrediction(http, predictionId).catch((error) => {
      throw RestageError.is(error) ? error.ofSentRun(run.id) : error;
    });
    return isStopped(prediction) ? settleRun(this.#context, run.id, toFailure(run, prediction, model)) : run;
  }

  #prepare(request: StageRequest<Known>): Promise<Prepared> {
    return prepare(this.#settings, request as StageRequest, () => Math.floor(this.#random() * 2 ** 31));
  }

  async #start(request: StageRequest<Known>, options: WaitOptions, report: Report): Promise<StartedRun> {
    options.signal?.throwIfAborted();
    await this.#context.http.checkToken();
    const prepared = await this.#prepare(request);
    options.signal?.throwIfAborted();
    return startRun(this.#context, prepared, request as StageRequest, options, report);
  }

  async #finish(started: StartedRun, options: WaitOptions, report: Report): Promise<StagedRun> {
    const { run, isJoined } = started;
    try {
      return await finishRun(this.#context, started, options, report);
    } catch (error) {
      const isAborted = options.signal?.aborted === true && error === options.signal.reason;
      // The caller gets its own reason, whatever becomes of the cancel; the run remembers that it was asked for.
      if (isAborted && options.cancelOnAbort && !isJoined) await this.cancel(run.id).catch(() => undefined);
      throw RestageError.is(error) && error.runId === undefined ? error.ofSentRun(run.id) : error;
    }
  }

  #reporter({ onProgress, timeoutMs = 0 }: WaitOptions): Report {
    checkWait({ timeoutMs });
    const { clock, registry } = this.#context;
    const begun = clock.now();
    return ({ id: runId, modelId }, phase) => {
      const { usualDurationMs } = registry.lookup(modelId);
      tell(onProgress, { runId, modelId, phase, elapsedMs: clock.now() - begun, usualDurationMs });
    };
  }
}

// Services that come from other clients may still set it: saying nothing would leave them waiting for an effect.
function noticeModelVersion({ onEvent }: Pick<StagingClientOptions, "onEvent">): void {
  if (readEnvironment("REPLICATE_MODEL_VERSION") === undefined) return;
  const message = "REPLICATE_MODEL_VERSION is ignored: settings and requests choose the model";
  tell(onEvent, { type: "notice", code: "model_version_ignored", message });
  globalThis.process?.emitWarning?.(message, { code: "RESTAGE_MODEL_VERSION_IGNORED" });
}
