import type { AdminContext } from "./admin-context.ts";
import { authorise } from "./authorise.ts";
import { checkOrigin } from "./check-origin.ts";
import { readJson } from "./read-json.ts";
import { readDryRun, readQuery } from "./read-query.ts";
import { readVersion } from "./read-version.ts";
import type { Answer, PathParts, Route } from "./route.ts";

/** A request that found its route. */
export interface Asked {
  readonly request: Request;
  readonly url: URL;
  readonly parts: PathParts;
  readonly allowedOrigins: readonly string[];
}

const nobody = { name: "nobody" };

/**
 * Lets a request through to its endpoint once it has passed every check: first where it comes from and who asks, then what it stands on, and
 * only then is its body read.
 * @throws {AdminRequestError} and what the endpoint throws.
 */
export async function performRoute(context: AdminContext, route: Route, asked: Asked): Promise<Answer | Response> {
  const { request, url, parts, allowedOrigins } = asked;
  const { method, permission, changes, query: known = [] } = route;
  if (method !== "GET") checkOrigin(request, url, allowedOrigins);
  const author = permission === null ? nobody : await authorise(context.authorize, request, permission);
  const query = readQuery(url, changes === "setting" ? [...known, "dry-run"] : permission === null ? [...url.searchParams.keys()] : known);
  const isDryRun = changes === "setting" && readDryRun(query);
  const expectedVersion = changes === undefined ? Number.NaN : readVersion(request);
  const body = await readJson(request, route);
  return route.answer(context, { request, parts, query, body, author, expectedVersion, isDryRun });
}
