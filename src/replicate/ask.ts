import { ConnectionError } from "../errors/connection-error.ts";
import { ReplicateAnswerError } from "../errors/replicate-answer-error.ts";
import { toAnswerError } from "./answer-error.ts";
import type { Call, Http } from "./http.ts";
import { TransportError } from "./transport-error.ts";

/**
 * Sends a call that costs nothing, again where it failed, and gives what `parse` reads in its answer.
 * @throws {ConnectionError} when no answer came, after retries.
 * @throws {RestageError} the typed error of any answer in which `parse` reads nothing.
 */
export async function ask<Value>(http: Http, call: Omit<Call, "mayRepeat">, parse: (body: unknown) => Value | undefined): Promise<Value> {
  const answer = await http.send({ ...call, mayRepeat: true }).catch((error) => {
    throw error instanceof TransportError ? new ConnectionError(`Replicate gave no answer (${error.reason})`, error) : error;
  });
  if (answer.status >= 300) throw toAnswerError(answer);
  const value = parse(answer.body);
  if (value === undefined) throw new ReplicateAnswerError(answer.status, "not what was asked for", { retryable: true });
  return value;
}
