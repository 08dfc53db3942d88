import { InsufficientCreditError } from "../errors/insufficient-credit-error.ts";
import type { Problem } from "../errors/problem.ts";
import { RefusedInputError } from "../errors/refused-input-error.ts";
import { ReplicateAnswerError } from "../errors/replicate-answer-error.ts";
import type { RestageError } from "../errors/restage-error.ts";
import { ThrottledError } from "../errors/throttled-error.ts";
import { UnauthenticatedError } from "../errors/unauthenticated-error.ts";
import type { Answer } from "./http.ts";
import { redact } from "./redact.ts";
import { toRetryAfterMs } from "./retry-after.ts";

const makers: Readonly<Record<number, (answer: Answer, detail: string) => RestageError>> = {
  401: () => new UnauthenticatedError(),
  402: () => new InsufficientCreditError(),
  403: () => new UnauthenticatedError(),
  413: (_, detail) => new RefusedInputError([{ field: "input", message: detail }]),
  422: ({ body }, detail) => new RefusedInputError(toProblems(body, detail)),
  429: (answer) => new ThrottledError(toRetryAfterMs(answer)),
};

/** The typed error of an answer that is no success. `secrets` are texts that were sent and must not come back in a message. */
export function toAnswerError(answer: Answer, secrets: readonly string[] = []): RestageError {
  const detail = redact(toDetail(answer.body), secrets);
  const make = isReplicateError(answer.body) ? makers[answer.status] : undefined;
  // What a proxy on the way says is no word of Replicate's: it may pass.
  const retryable = !isReplicateError(answer.body) || answer.status === 408 || answer.status >= 500;
  return make?.(withRedactedBody(answer, secrets), detail) ?? new ReplicateAnswerError(answer.status, detail, { retryable });
}

/** Whether a body is an error of Replicate's own, not of a proxy on the way. */
export function isReplicateError(body: unknown): body is { readonly detail: string } {
  return typeof body === "object" && body !== null && typeof (body as { detail?: unknown }).detail === "string";
}

function toDetail(body: unknown): string {
  return isReplicateError(body) ? body.detail : "not an answer of Replicate's API (a proxy on the way?)";
}

function withRedactedBody(answer: Answer, secrets: readonly string[]): Answer {
  return {
    ...answer,
    body: JSON.parse(JSON.stringify(answer.body), (_, value) => (typeof value === "string" ? redact(value, secrets) : value)),
  };
}

function toProblems(body: unknown, detail: string): readonly Problem[] {
  const fields = (body as { invalid_fields?: unknown }).invalid_fields;
  const problems = (Array.isArray(fields) ? fields : [])
    .filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null)
    .map((entry) => ({
      field: String(entry.field ?? "input").replace(/^input\./, ""),
      message: String(entry.description ?? "was refused"),
    }));
  return problems.length > 0 ? problems : [{ field: "input", message: detail }];
}
