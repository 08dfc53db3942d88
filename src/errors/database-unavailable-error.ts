import { RestageError } from "./restage-error.ts";

/** The database does not answer, or lets nobody in. What was asked just then may have been done: read before you write again. */
export class DatabaseUnavailableError extends RestageError {
  static override readonly code = "database_unavailable";

  constructor(message: string, details: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, details);
  }
}
