import { isObject } from "../basics/is-object.ts";
import { ask } from "./ask.ts";
import type { Http } from "./http.ts";

/**
 * Asks for the account: the cheap way to learn whether the token is good, and what time it is at Replicate. `patienceMs`: how long
 * it may wait for the limiter.
 * @throws {ConnectionError} when no answer came, after retries.
 * @throws {RestageError} the typed error of any other answer.
 */
export function getAccount(http: Http, signal?: AbortSignal, patienceMs?: number): Promise<object> {
  return ask(http, { method: "GET", path: "account", signal, patienceMs }, (body) => (isObject(body) ? body : undefined));
}
