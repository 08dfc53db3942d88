import { AdminRequestError } from "./admin-request-error.ts";

/**
 * Lets a change pass that no other site can have made: one from the same origin, or with a bearer token, which no browser adds by itself,
 * from nowhere or from an allowed origin.
 * @throws {AdminRequestError} 403
 */
export function checkOrigin({ headers }: Request, url: URL, allowedOrigins: readonly string[]): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  // Basic and the like are sent by browsers on their own, as cookies are.
  const hasToken = /^bearer\s+\S/i.test(headers.get("authorization") ?? "");
  if (origin !== null) {
    if (isSameOrigin(origin, url) || (hasToken && allowedOrigins.includes(origin))) return;
  } else if (site === null ? hasToken : site === "same-origin") return;
  throw new AdminRequestError(
    403,
    "foreign_origin",
    "A change must come from the page's own origin, or with a bearer token (Authorization), from another origin only if allowedOrigins names it. Behind a proxy the Host header must be passed on",
  );
}

function isSameOrigin(origin: string, url: URL): boolean {
  // Behind a proxy that ends TLS the page is https and the request is not.
  return origin === url.origin || origin === `https://${url.host}`;
}
