import { ConnectionError } from "../errors/connection-error.ts";
import { ReplicateAnswerError } from "../errors/replicate-answer-error.ts";
import { toAnswerError } from "./answer-error.ts";
import type { Http } from "./http.ts";
import { type Prediction, parsePrediction } from "./prediction.ts";
import { TransportError } from "./transport-error.ts";

/**
 * The prediction as it stands.
 * @throws {ConnectionError} when no answer came, after retries.
 * @throws {RestageError} the typed error of any answer that is no prediction.
 */
export function getPrediction(http: Http, id: string, signal?: AbortSignal): Promise<Prediction> {
  return ask(http, "GET", `predictions/${id}`, signal);
}

/**
 * Asks Replicate to stop a prediction. One that is running is charged; one that is over stays as it is.
 * @throws {ConnectionError} when no answer came, after retries.
 * @throws {RestageError} the typed error of any answer that is no prediction.
 */
export function cancelPrediction(http: Http, id: string, signal?: AbortSignal): Promise<Prediction> {
  return ask(http, "POST", `predictions/${id}/cancel`, signal);
}

async function ask(http: Http, method: "GET" | "POST", path: string, signal: AbortSignal | undefined): Promise<Prediction> {
  try {
    const answer = await http.send({ method, path, signal, mayRepeat: true });
    if (answer.status >= 300) throw toAnswerError(answer);
    const prediction = parsePrediction(answer.body);
    if (prediction === undefined) throw new ReplicateAnswerError(answer.status, "the answer is no prediction", { retryable: true });
    return prediction;
  } catch (error) {
    if (error instanceof TransportError) throw new ConnectionError(`Replicate gave no answer (${error.reason})`, error);
    throw error;
  }
}
