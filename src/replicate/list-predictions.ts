import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { ReplicateAnswerError } from "../errors/replicate-answer-error.ts";
import { ask } from "./ask.ts";
import type { Http } from "./http.ts";
import { type Prediction, parsePrediction } from "./prediction.ts";

/** A stretch of time on Replicate's clock, in milliseconds since 1970. Whether its ends belong to it is not established: be generous. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

// A page without `next`, or with an entry that is no prediction, is no page: what it leaves out could be ours.
const schema = once(() =>
  z.object({
    next: z.url().nullable(),
    results: z.array(z.unknown().transform((entry, { addIssue }) => parsePrediction(entry) ?? addIssue("must be a prediction"))),
  }),
);

const maximumPages = 1_000;

/**
 * Every prediction that the account created within a window, newest first: all of them, or an error.
 * @throws {ConnectionError} when a page did not come, after retries.
 * @throws {RestageError} the typed error of any answer that is no page.
 */
export async function listPredictions(http: Http, window: Window, signal?: AbortSignal): Promise<readonly Prediction[]> {
  const predictions: Prediction[] = [];
  for await (const page of readPredictionPages(http, window, signal)) predictions.push(...page);
  return predictions;
}

/** As `listPredictions`, a page after the other. Only where the last one came, it was all of them. */
export async function* readPredictionPages(
  http: Http,
  { fromMs, toMs }: Window,
  signal?: AbortSignal,
): AsyncGenerator<readonly Prediction[], void> {
  const toTime = (moment: number) => new Date(moment).toISOString();
  const first = new URLSearchParams({ created_after: toTime(fromMs), created_before: toTime(toMs) });
  const seen = new Set<string>();
  for (let query: string | undefined = `?${first}`; query !== undefined; ) {
    if (seen.has(query) || seen.size === maximumPages) throw new ReplicateAnswerError(200, "a list without an end", { retryable: true });
    seen.add(query);
    const page: { next: string | null; results: unknown[] } = await ask(
      http,
      { method: "GET", path: `predictions${query}`, signal },
      (body) => schema().safeParse(body).data,
    );
    yield page.results as Prediction[];
    // Only the query of the address is used: where it leads is ours to say.
    query = page.next === null ? undefined : new URL(page.next).search;
  }
}
