import { RestageError } from "./restage-error.ts";

/** Replicate answered with an error that has no class of its own, or with something that is no answer of its API. */
export class ReplicateAnswerError extends RestageError {
  static override readonly code = "replicate_answer";
  /** The HTTP status. */
  declare readonly status: number;

  constructor(status: number, detail: string, { retryable = status >= 500 }: { readonly retryable?: boolean } = {}) {
    super(`Replicate answered HTTP ${status}: ${detail}`, { retryable, status });
  }
}
