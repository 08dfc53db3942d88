import { tell } from "../basics/tell.ts";
import type { AnyModel } from "../model/model.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { Settings } from "../settings/settings.ts";
import type { AdminClient } from "./admin-client.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminHandlerOptions } from "./admin-handler-options.ts";
import { AdminRequestError } from "./admin-request-error.ts";
import { answerPreflight, toCorsHeaders } from "./answer-preflight.ts";
import { checkOptions } from "./check-options.ts";
import { createRouteFinder, type FoundRoutes } from "./find-route.ts";
import { performRoute } from "./perform-route.ts";
import { routes } from "./routes.ts";
import { securityHeaders } from "./security-headers.ts";
import { toMethods } from "./to-methods.ts";
import { toProblem } from "./to-problem.ts";
import { createTriedRuns } from "./tried-runs.ts";

const findRoutes = createRouteFinder(routes);

/**
 * The admin API and its page, for anything that takes a `Request` and gives a `Response`; see docs/admin.md. What it refuses, and what goes
 * wrong, is answered as `application/problem+json`: it never rejects.
 * @throws {InvalidRequestError} when made without `authorize`, or with an option of a wrong shape.
 *
 * @example
 * ```ts
 * import { createSettings, memoryConfigStore, memoryRunStore } from "restage";
 * import { createAdminHandler } from "restage/admin";
 *
 * const handle = createAdminHandler({
 *   settings: createSettings({ store: memoryConfigStore() }),
 *   runs: memoryRunStore(),
 *   authorize: (request) => (request.headers.get("authorization") === "Bearer secret" ? { author: { name: "Ada Lovelace" } } : null),
 * });
 * const response = await handle(new Request("https://example.com/admin/models", { headers: { authorization: "Bearer secret" } }));
 * console.log(response.status); // 200
 * ```
 */
export function createAdminHandler<Known extends AnyModel = BuiltInModel>(
  options: AdminHandlerOptions<Known>,
): (request: Request) => Promise<Response> {
  const { basePath = "/admin", allowedOrigins = [], page = true, onError, waitUntil, now = Date.now } = options ?? {};
  checkOptions({ ...options, basePath, allowedOrigins });
  const base = `/${basePath}/`.replace(/\/+/g, "/");
  const context: AdminContext = {
    settings: options.settings as unknown as Settings<AnyModel>,
    runs: options.runs,
    client: options.client as unknown as AdminClient | undefined,
    budgets: options.budgets,
    authorize: options.authorize,
    hasPage: page,
    tried: createTriedRuns(),
    waitUntil: (work) => tell(waitUntil, work),
    now,
  };

  return async (request) => {
    const url = new URL(request.url);
    const response = await respond(request, url).catch((error) => toErrorResponse(error, url));
    const { headers } = response;
    for (const [name, value] of Object.entries(securityHeaders)) if (!headers.has(name)) headers.set(name, value);
    for (const [name, value] of Object.entries(toCorsHeaders(request, allowedOrigins))) headers.append(name, value);
    return request.method === "HEAD" ? new Response(null, { status: response.status, headers }) : response;
  };

  async function respond(request: Request, url: URL): Promise<Response> {
    const found = findRoutes(toLocalPath(url.pathname, base));
    if (found === undefined) throw new AdminRequestError(404, "not_found", "There is nothing at this address: see docs/admin.md");
    if (request.method === "OPTIONS") return answerPreflight(request, found, allowedOrigins);
    const route = found.byMethod.get(request.method === "HEAD" ? "GET" : request.method);
    if (route === undefined) throw notAllowed(found);
    const answer = await performRoute(context, route, { request, url, parts: found.parts, allowedOrigins });
    if (answer instanceof Response) return new Response(answer.body, answer);
    const { body, status = 200, version } = answer;
    return Response.json(body, { status, ...(version !== undefined && { headers: { etag: `"${version ?? 0}"` } }) });
  }

  function toErrorResponse(error: unknown, { pathname }: URL): Response {
    const { problem, headers } = toProblem(error, pathname.slice(0, 500));
    if (problem.status >= 500) tell(onError, error);
    return Response.json(problem, { status: problem.status, headers: { "content-type": "application/problem+json", ...headers } });
  }
}

function toLocalPath(pathname: string, base: string): string {
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : pathname === base.slice(0, -1) ? "" : undefined;
  if (path === undefined) throw new AdminRequestError(404, "not_found", `This handler is mounted at ${base}: see basePath`);
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

function notAllowed(found: FoundRoutes): AdminRequestError {
  const allow = toMethods(found);
  return new AdminRequestError(405, "method_not_allowed", `This address takes ${allow}`, { headers: { allow } });
}
