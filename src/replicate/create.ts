import { ConnectionError } from "../errors/connection-error.ts";
import { RestageError } from "../errors/restage-error.ts";
import { isReplicateError, toAnswerError } from "./answer-error.ts";
import type { Answer, Call, Http } from "./http.ts";
import { type Prediction, parsePrediction } from "./prediction.ts";
import { toTexts } from "./redact.ts";
import { TransportError } from "./transport-error.ts";

/** What is known after one create was sent. Only `accepted` costs money for certain; only `unknown` may have. */
export type CreateOutcome =
  | { readonly kind: "accepted"; readonly prediction: Prediction }
  /** Replicate refused: nothing was created. */
  | { readonly kind: "refused"; readonly error: RestageError }
  /** Nothing was sent; the error is ours, or what the caller's token function threw. */
  | { readonly kind: "not_sent"; readonly error: unknown }
  /** Sent, and no answer tells whether a prediction was created. */
  | { readonly kind: "unknown"; readonly reason: string; readonly cause?: unknown };

/** A create: which model, with which input. */
export interface CreateRequest {
  readonly modelId: string;
  /** `"latest"`, or 64 hex digits. */
  readonly version: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** When Replicate stops the prediction by itself, in seconds from its creation; at least 5. */
  readonly cancelAfterSeconds: number;
  /** The token, where it was asked for before: then nothing stands between the last look at the clock and the POST. */
  readonly bearer?: string | undefined;
  readonly webhook?: { readonly url: string; readonly events: readonly string[] } | undefined;
}

// Answers by which Replicate says that it created nothing, when they carry its own JSON. 429 is one: the call was throttled.
const definiteRefusals = new Set([400, 401, 402, 403, 404, 405, 413, 415, 422, 429]);

/** Creates a prediction by one POST that is never sent again. Cannot be aborted: an abort would leave the outcome unknown. Never throws. */
export async function createPrediction(http: Http, request: CreateRequest): Promise<CreateOutcome> {
  try {
    return toOutcome(await http.send(toCall(request)), request);
  } catch (error) {
    const isLost = error instanceof TransportError;
    if (isLost && error.mayBeSent) return { kind: "unknown", reason: error.reason, cause: error };
    const what = isLost ? `Replicate gave no answer (${error.reason}),` : "The token could not be had:";
    return { kind: "not_sent", error: RestageError.is(error) ? error : new ConnectionError(`${what} nothing was sent`, error) };
  }
}

function toCall({ modelId, version, input, cancelAfterSeconds, webhook, bearer }: CreateRequest): Call {
  const isLatest = version === "latest";
  // What is undefined is left out of the JSON.
  const json = JSON.stringify({
    version: isLatest ? undefined : `${modelId}:${version}`,
    input,
    webhook: webhook?.url,
    webhook_events_filter: webhook?.events,
  });
  return {
    method: "POST",
    path: isLatest ? `models/${modelId}/predictions` : "predictions",
    headers: { "content-type": "application/json", "cancel-after": `${Math.max(5, Math.ceil(cancelAfterSeconds))}s` },
    // fetch itself sends a body again after a 421, unless the body is a stream.
    body: new Blob([json]).stream(),
    kind: "create",
    bearer,
    mayRepeat: false,
  };
}

function toOutcome(answer: Answer, { input }: CreateRequest): CreateOutcome {
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    const prediction = parsePrediction(body);
    return prediction ? { kind: "accepted", prediction } : { kind: "unknown", reason: `HTTP ${status} without a prediction` };
  }
  if (definiteRefusals.has(status) && isReplicateError(body)) return { kind: "refused", error: toAnswerError(answer, toTexts(input)) };
  return { kind: "unknown", reason: `HTTP ${status}` };
}
