import type { Problem } from "../errors/problem.ts";
import { RestageError } from "../errors/restage-error.ts";

/** What else an answer of the API tells. */
export interface AdminRequestDetails {
  /** Each with its field. */
  readonly issues?: readonly Problem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that the admin API refuses by itself: the status, a code in snake_case, and the way out. */
export class AdminRequestError extends RestageError {
  static override readonly code = "admin_request";
  /** Of HTTP. */
  declare readonly status: number;
  /** The code of the answer. */
  declare readonly reason: string;
  declare readonly issues: readonly Problem[];
  declare readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, reason: string, message: string, { issues = [], headers = {} }: AdminRequestDetails = {}) {
    super(message, { status, reason, issues, headers });
  }
}
