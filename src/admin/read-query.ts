import { AdminRequestError } from "./admin-request-error.ts";

/**
 * The query of a request, of which every parameter must be known: a `dryrun` by mistake would be a change.
 * @throws {AdminRequestError} 400 naming those that are not.
 */
export function readQuery({ searchParams }: URL, known: readonly string[]): URLSearchParams {
  const unknown = [...new Set(searchParams.keys())].filter((name) => !known.includes(name));
  if (unknown.length === 0) return searchParams;
  const message = known.length === 0 ? "This address takes no parameters" : `Unknown parameter. Known: ${known.join(", ")}`;
  const issues = unknown.map((name) => ({ field: /^[\w-]{1,100}$/.test(name) ? name : "(unknown)", message }));
  throw new AdminRequestError(400, "invalid_query", message, { issues });
}

/**
 * Whether a change is only tried.
 * @throws {AdminRequestError} 400 for a value that could mean the opposite.
 */
export function readDryRun(query: URLSearchParams): boolean {
  const values = query.getAll("dry-run");
  if (values.every((value) => ["", "true", "1"].includes(value))) return values.length > 0;
  const issue = { field: "dry-run", message: "must be empty, true or 1; leave it out to make the change" };
  throw new AdminRequestError(400, "invalid_query", `dry-run ${issue.message}`, { issues: [issue] });
}

/** A whole number of the query; what is none is left to the store, which names the field. */
export function readNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  return text === null ? undefined : /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}
