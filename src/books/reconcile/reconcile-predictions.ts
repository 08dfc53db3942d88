import { type Clock, systemClock } from "../../basics/clock.ts";
import { isSafeUrl } from "../../basics/is-safe-url.ts";
import { tell } from "../../basics/tell.ts";
import { InvalidRequestError } from "../../errors/invalid-request-error.ts";
import type { MicroUsd } from "../../model/price.ts";
import { createLimiter } from "../../replicate/create-limiter.ts";
import { createHttp, type Http, type HttpOptions } from "../../replicate/http.ts";
import type { Limiter } from "../../replicate/limiter.ts";
import { readPredictionPages } from "../../replicate/list-predictions.ts";
import type { Prediction } from "../../replicate/prediction.ts";
import { finalStates, type RunState } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { parsePeriod } from "./parse-period.ts";
import { findAttempt, readAttempts } from "./read-attempts.ts";

/** How the books are compared with Replicate. */
export interface ReconcilePredictionsOptions {
  readonly runStore: RunStore;
  /** From when on: an ISO string, or a day such as `2026-04-01` from its beginning in UTC. */
  readonly since: string;
  /** Up to when. Default: two minutes ago, since what was only just created may not be listed yet. */
  readonly until?: string | undefined;
  /** Default: `REPLICATE_API_TOKEN` of the environment. */
  readonly token?: HttpOptions["token"];
  /** Default `https://api.replicate.com/v1`. */
  readonly baseUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Default: one of its own. A listing asks for 100 predictions at a time. */
  readonly limiter?: Limiter | undefined;
  readonly clock?: Clock | undefined;
  /** How long one call may take, in milliseconds. Default 60,000. */
  readonly requestTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after every page how many predictions were looked at. */
  readonly onProgress?: ((progress: { readonly predictions: number }) => unknown) | undefined;
}

/** A prediction without a run. */
export interface ForeignPrediction {
  readonly predictionId: string;
  /** `null` where Replicate does not tell. */
  readonly modelId: string | null;
  readonly createdAt: string | null;
  readonly status: Prediction["status"];
  /** Seconds of computing; `null` where Replicate does not tell. */
  readonly predictTimeSeconds: number | null;
}

/** An attempt of a run that has, or may have, a prediction. */
export interface SentAttempt {
  readonly runId: string;
  readonly modelId: string;
  /** `null` where it is unknown whether there is one. */
  readonly predictionId: string | null;
  readonly sentAt: string;
  readonly state: RunState;
  /** As Replicate lists it; `null` where it does not. */
  readonly status: Prediction["status"] | null;
}

/** What the books and Replicate say of the same time. Plain JSON; no prompt, no input, no output. */
export interface PredictionReconciliation {
  /** ISO strings in UTC: from `since` on, up to `until`. */
  readonly since: string;
  readonly until: string;
  /** How many predictions Replicate lists. */
  readonly checked: number;
  /** Those without a run, newest first: another program's, or paid and lost. */
  readonly foreign: readonly ForeignPrediction[];
  /** Attempts whose prediction Replicate does not list. */
  readonly missing: readonly SentAttempt[];
  /** Attempts whose run is not over in the books: `client.resume()` settles them. */
  readonly unsettled: readonly SentAttempt[];
  readonly totals: {
    /** Predictions that have a run. */
    readonly matched: number;
    /** What these cost by the books, as far as that is known. */
    readonly costMicroUsd: MicroUsd;
    /** The part of it that is an estimate. */
    readonly estimatedMicroUsd: MicroUsd;
    /** Of how many the cost is not known. */
    readonly unknownCosts: number;
  };
}

// A prediction's time and its attempt's may lie apart: by a long answer, or by clocks that differ.
const marginMs = 600_000;

/**
 * Compares the books with Replicate's list of predictions, both of one time. Changes nothing.
 * @throws {InvalidRequestError} when `since` or `until` is no time, or the address is one over which a token must not travel.
 * @throws {MissingTokenError} {ConnectionError} when Replicate cannot be asked.
 * @throws {RestageError} the typed error of any answer that is no list.
 *
 * @example
 * ```ts
 * import { memoryRunStore } from "restage";
 * import { reconcilePredictions } from "restage/books";
 *
 * const { foreign, missing } = await reconcilePredictions({ runStore: memoryRunStore(), since: "2026-11-01" });
 * ```
 */
export async function reconcilePredictions(options: ReconcilePredictionsOptions): Promise<PredictionReconciliation> {
  const { runStore, clock = systemClock, signal, onProgress } = options;
  const period = parsePeriod(options, clock.now() - 120_000);
  const { sinceMs, untilMs } = period;
  const http = toHttp(options, clock);

  // The list first: what is created meanwhile then has its run.
  const listed = new Map<string, ForeignPrediction>();
  for await (const page of readPredictionPages(http, { fromMs: sinceMs - marginMs, toMs: untilMs + marginMs }, signal)) {
    for (const prediction of page) listed.set(prediction.id, toForeign(prediction));
    tell(onProgress, { predictions: listed.size });
  }

  const missing: SentAttempt[] = [];
  const unsettled: SentAttempt[] = [];
  const totals = { matched: 0, costMicroUsd: 0, estimatedMicroUsd: 0, unknownCosts: 0 };
  const isWithin = ({ createdAt }: ForeignPrediction) => {
    const createdMs = Date.parse(createdAt ?? "");
    return Number.isNaN(createdMs) || (createdMs >= sinceMs && createdMs < untilMs);
  };
  const unmatched = new Map([...listed].filter(([, prediction]) => isWithin(prediction)));
  const { size: checked } = unmatched;
  const match = (predictionId: string, microUsd: MicroUsd | null, isEstimate: boolean) => {
    if (!unmatched.delete(predictionId)) return;
    totals.matched += 1;
    if (microUsd === null) totals.unknownCosts += 1;
    totals.costMicroUsd += microUsd ?? 0;
    if (isEstimate) totals.estimatedMicroUsd += microUsd ?? 0;
  };

  const around = { sinceMs: sinceMs - marginMs, untilMs: untilMs + marginMs };
  for await (const { run, attempt } of readAttempts(runStore, around)) {
    signal?.throwIfAborted();
    const { predictionId, modelId, sentAt, cost } = attempt;
    const status = listed.get(predictionId ?? "")?.status ?? null;
    const sentAtMs = Date.parse(sentAt);
    if (sentAtMs >= sinceMs && sentAtMs < untilMs) {
      const sent = { runId: run.id, modelId, predictionId, sentAt, state: run.state, status };
      if (predictionId !== null && status === null) missing.push(sent);
      if (!finalStates.includes(run.state) && attempt === run.attempts.at(-1)) unsettled.push(sent);
    }
    if (predictionId !== null) match(predictionId, cost?.microUsd ?? null, cost?.basis === "table");
  }
  // Only what no attempt of about that time has is looked for in all of the books.
  for (const predictionId of [...unmatched.keys()]) {
    signal?.throwIfAborted();
    const found = await findAttempt(runStore, predictionId);
    if (found) match(predictionId, found.attempt.cost?.microUsd ?? null, found.attempt.cost?.basis === "table");
  }
  const toIso = (time: number) => new Date(time).toISOString();
  return { since: toIso(sinceMs), until: toIso(untilMs), checked, foreign: [...unmatched.values()], missing, unsettled, totals };
}

function toForeign({ id, model, created_at, status, metrics }: Prediction): ForeignPrediction {
  return {
    predictionId: id,
    modelId: model ?? null,
    createdAt: created_at ?? null,
    status,
    predictTimeSeconds: metrics?.predict_time ?? null,
  };
}

function toHttp({ token, baseUrl = "https://api.replicate.com/v1", ...options }: ReconcilePredictionsOptions, clock: Clock): Http {
  if (!isSafeUrl(baseUrl)) {
    throw new InvalidRequestError([{ field: "baseUrl", message: "must be https (or http on the loopback address)" }]);
  }
  const { fetch = globalThis.fetch, limiter = createLimiter({ clock }), requestTimeoutMs = 60_000 } = options;
  const bearer = token ?? globalThis.process?.env?.REPLICATE_API_TOKEN;
  return createHttp({ token: bearer, baseUrl, fetch, requestTimeoutMs, retryDelayMs: 500, limiter, clock });
}
