import { ask } from "./ask.ts";
import type { Http } from "./http.ts";
import { type Prediction, parsePrediction } from "./prediction.ts";

/**
 * The prediction as it stands. `patienceMs`: how long it may wait for the limiter.
 * @throws {ConnectionError} when no answer came, after retries.
 * @throws {RestageError} the typed error of any answer that is no prediction.
 */
export function getPrediction(http: Http, id: string, signal?: AbortSignal, patienceMs?: number): Promise<Prediction> {
  return ask(http, { method: "GET", path: `predictions/${id}`, signal, patienceMs }, parsePrediction);
}

/**
 * Asks Replicate to stop a prediction. One that is running is charged; one that is over stays as it is.
 * @throws {ConnectionError} when no answer came, after retries.
 * @throws {RestageError} the typed error of any answer that is no prediction.
 */
export function cancelPrediction(http: Http, id: string): Promise<Prediction> {
  return ask(http, { method: "POST", path: `predictions/${id}/cancel` }, parsePrediction);
}
