import { AdminRequestError } from "../admin-request-error.ts";
import { readNumber } from "../read-query.ts";
import { defineRoute } from "../route.ts";

const maximumLimit = 1_000;

/** `GET projects`: those that have settings of their own, by id. */
export const listProjects = defineRoute({
  method: "GET",
  path: "projects",
  permission: "read",
  query: ["cursor", "limit"],
  async answer({ settings }, { query }) {
    const after = query.get("cursor") ?? "";
    const limit = readLimit(query);
    const { documents } = await settings.export();
    const ids = new Set(documents.flatMap(({ key }) => /^project\/([^/]{1,128})\//.exec(key)?.[1] ?? []));
    const left = [...ids].filter((id) => id > after).sort();
    const projects = left.slice(0, limit).map((id) => ({ id }));
    const last = projects.at(-1);
    return { body: { projects, ...(left.length > limit && last && { cursor: last.id }) } };
  },
});

// Of the ids the store knows only keys: this page is made here.
function readLimit(query: URLSearchParams): number {
  const limit = readNumber(query, "limit") ?? 100;
  if (limit >= 1 && limit <= maximumLimit) return limit;
  const issue = { field: "limit", message: `must be a whole number from 1 to ${maximumLimit}` };
  throw new AdminRequestError(422, "invalid_query", `limit ${issue.message}`, { issues: [issue] });
}
