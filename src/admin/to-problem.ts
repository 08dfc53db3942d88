import type { Problem } from "../errors/problem.ts";
import { RestageError } from "../errors/restage-error.ts";
import { AdminRequestError } from "./admin-request-error.ts";
import { problemTable } from "./problem-table.ts";

/** An error as RFC 9457 has it. */
export interface AdminProblem {
  /** `urn:restage:problem:` and the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What is wrong and the way out. */
  readonly detail: string;
  /** In snake_case: that of the error, or one of the API's own. */
  readonly code: string;
  /** The path that was asked for. */
  readonly instance: string;
  /** What is wrong by field. */
  readonly issues?: readonly Problem[];
  /** The version that is stored; 0 where nothing is. */
  readonly currentVersion?: number;
}

/** An error as a problem, and what goes into the headers of its answer. Tells nothing of an error that nobody expected. */
export function toProblem(
  error: unknown,
  instance: string,
): { readonly problem: AdminProblem; readonly headers: Readonly<Record<string, string>> } {
  if (AdminRequestError.is(error)) {
    const { status, reason, message, issues, headers } = error;
    return { problem: problemOf(status, reason, message, instance, { issues }), headers };
  }
  const row = RestageError.is(error) ? problemTable[error.code] : undefined;
  if (row === undefined) {
    return { problem: problemOf(500, "internal", "Something went wrong on the server: look into its log", instance, {}), headers: {} };
  }
  const { code, message } = error as RestageError;
  const named = row.field === undefined ? [] : [{ field: row.field, message }];
  const { problems: issues = named, currentVersion, retryAfterMs } = error as Details;
  const isLater = typeof retryAfterMs === "number";
  return {
    problem: problemOf(row.status, code, row.detail ?? message, instance, { issues, currentVersion }),
    headers: isLater ? { "retry-after": String(Math.ceil(retryAfterMs / 1000)) } : {},
  };
}

/** What some errors tell beyond their message. */
interface Details {
  readonly problems?: readonly Problem[];
  readonly currentVersion?: unknown;
  readonly retryAfterMs?: unknown;
}

function problemOf(
  status: number,
  code: string,
  detail: string,
  instance: string,
  { issues = [], currentVersion }: { readonly issues?: readonly Problem[] | undefined; readonly currentVersion?: unknown },
): AdminProblem {
  const words = code.replaceAll("_", " ");
  return {
    type: `urn:restage:problem:${code}`,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    status,
    detail,
    code,
    instance,
    ...(issues.length > 0 && { issues }),
    ...(typeof currentVersion === "number" && { currentVersion }),
  };
}
