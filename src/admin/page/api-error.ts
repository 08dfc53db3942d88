/** A value that the server refuses, and why. */
export interface Issue {
  readonly field: string;
  readonly message: string;
}

/** An answer that is no success. */
export class ApiError extends Error {
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly issues: readonly Issue[];

  constructor(message: string, status: number, issues: readonly Issue[] = []) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.issues = issues;
  }
}
