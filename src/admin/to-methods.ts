import type { FoundRoutes } from "./find-route.ts";

/** The methods of an address, for `Allow`. */
export function toMethods({ byMethod }: FoundRoutes): string {
  return [...byMethod.keys(), ...(byMethod.has("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}
