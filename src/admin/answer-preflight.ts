import type { FoundRoutes } from "./find-route.ts";
import { toMethods } from "./to-methods.ts";

/** The answer to `OPTIONS`: what an allowed origin may ask for here. Cookies are never allowed across origins. */
export function answerPreflight({ headers }: Request, found: FoundRoutes, allowedOrigins: readonly string[]): Response {
  const methods = toMethods(found);
  const isAllowed = allowedOrigins.includes(headers.get("origin") ?? "");
  return new Response(null, {
    status: 204,
    headers: {
      allow: methods,
      ...(isAllowed && {
        "access-control-allow-methods": methods,
        "access-control-allow-headers": "authorization, content-type, if-match, idempotency-key",
        "access-control-max-age": "600",
      }),
    },
  });
}

/** What lets an allowed origin read an answer. */
export function toCorsHeaders({ headers }: Request, allowedOrigins: readonly string[]): Readonly<Record<string, string>> {
  if (allowedOrigins.length === 0) return {};
  const origin = headers.get("origin");
  if (origin === null || !allowedOrigins.includes(origin)) return { vary: "Origin" };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "etag, allow, retry-after",
  };
}
