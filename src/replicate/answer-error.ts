import { isObject } from "../basics/is-object.ts";
import { InsufficientCreditError } from "../errors/insufficient-credit-error.ts";
import type { Problem } from "../errors/problem.ts";
import { RefusedInputError } from "../errors/refused-input-error.ts";
import { ReplicateAnswerError } from "../errors/replicate-answer-error.ts";
import type { RestageError } from "../errors/restage-error.ts";
import { ThrottledError } from "../errors/throttled-error.ts";
import { UnauthenticatedError } from "../errors/unauthenticated-error.ts";
import type { Answer } from "./http.ts";
import { redact } from "./redact.ts";
import { toThrottle } from "./to-throttle.ts";

const makers: Readonly<Record<number, (answer: Answer, detail: string) => RestageError>> = {
  401: () => new UnauthenticatedError(),
  402: () => new InsufficientCreditError(),
  403: () => new UnauthenticatedError(),
  413: (_, detail) => new RefusedInputError([{ field: "input", message: detail }]),
  422: ({ body }, detail) => new RefusedInputError(toProblems(body as object, detail)),
  429: (answer) => {
    const { retryAfterMs, hasLowCredit } = toThrottle("create", answer);
    return new ThrottledError(retryAfterMs, hasLowCredit);
  },
};

/** The typed error of an answer that is no success. `secrets` are texts that were sent and must not come back in a message. */
export function toAnswerError(answer: Answer, secrets: readonly string[] = []): RestageError {
  const { status } = answer;
  // What a proxy on the way says is no word of Replicate's: it may pass.
  if (!isReplicateError(answer.body)) {
    return new ReplicateAnswerError(status, "no answer of Replicate's (a proxy on the way?)", { retryable: true });
  }
  const body = JSON.parse(JSON.stringify(answer.body), (_, value) => (typeof value === "string" ? redact(value, secrets) : value));
  return (
    makers[status]?.({ ...answer, body }, body.detail) ??
    new ReplicateAnswerError(status, body.detail, { retryable: status === 408 || status >= 500 })
  );
}

/** Whether a body is an error of Replicate's own, not of a proxy on the way. */
export function isReplicateError(body: unknown): body is { readonly detail: string } {
  return isObject(body) && typeof body.detail === "string";
}

function toProblems({ invalid_fields: fields }: { readonly invalid_fields?: unknown }, detail: string): readonly Problem[] {
  const problems = (Array.isArray(fields) ? fields : []).filter(isObject).map(({ field = "input", description = "was refused" }) => ({
    field: String(field).replace(/^input\./, ""),
    message: String(description),
  }));
  return problems.length > 0 ? problems : [{ field: "input", message: detail }];
}
