import { AdminRequestError } from "./admin-request-error.ts";
import type { PathParts, Route } from "./route.ts";

/** Where a path leads: its routes by method, and what stands in it. */
export interface FoundRoutes {
  readonly byMethod: ReadonlyMap<string, Route>;
  readonly parts: PathParts;
}

/** Finds the routes of a path below the base path; `undefined` where there are none. */
export type FindRoutes = (path: string) => FoundRoutes | undefined;

interface Place {
  readonly pattern: RegExp;
  readonly byMethod: Map<string, Route>;
}

/** A finder of these routes. Where two patterns fit a path, the earlier one has it. */
export function createRouteFinder(routes: readonly Route[]): FindRoutes {
  const places = new Map<string, Place>();
  for (const route of routes) {
    const place = places.get(route.path) ?? { pattern: toPattern(route.path), byMethod: new Map() };
    place.byMethod.set(route.method, route);
    places.set(route.path, place);
  }
  const all = [...places.values()];
  return (path) => {
    for (const { pattern, byMethod } of all) {
      const groups = pattern.exec(path);
      if (groups !== null) return { byMethod, parts: decodeParts(groups.groups) };
    }
    return undefined;
  };
}

function toPattern(path: string): RegExp {
  // An id of a model is owner/name, which a client may have escaped as one segment.
  const source = path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, (_, name: string) => {
    return `(?<${name}>${name === "model" ? "[^/]+(?:/[^/]+)?" : "[^/]+"})`;
  });
  return new RegExp(`^${source}$`);
}

function decodeParts(groups: Readonly<Record<string, string>> | undefined): PathParts {
  if (groups === undefined) return {};
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    throw new AdminRequestError(
      400,
      "malformed_path",
      "The path holds a % that is no escape of UTF-8: escape each part with encodeURIComponent",
    );
  }
}
