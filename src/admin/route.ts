import type { z } from "../basics/z.ts";
import type { Author } from "../settings/config-store.ts";
import type { AdminContext } from "./admin-context.ts";
import type { Permission } from "./permission.ts";

/** What stands for the parts of a path in braces, decoded. */
export interface PathParts {
  /** `{model}`: two segments, or one with `%2F`. */
  readonly model?: string;
  readonly project?: string;
  readonly run?: string;
  readonly index?: string;
  readonly budget?: string;
  readonly file?: string;
}

/** A request that passed every check of its route. */
export interface Call<Body = unknown> {
  readonly request: Request;
  readonly parts: PathParts;
  /** Only the parameters that the route names. */
  readonly query: URLSearchParams;
  readonly body: Body;
  /** Nobody where the route needs no permission. */
  readonly author: Author;
  /** The version that a change stands on; 0: nothing is stored. Read only by routes that change something. */
  readonly expectedVersion: number;
  /** Whether a change is only tried. */
  readonly isDryRun: boolean;
}

/** What an endpoint gives: JSON, with the version of what it shows where that has one (`null`: nothing is stored). */
export interface Answer {
  readonly body: unknown;
  /** Default 200. */
  readonly status?: number;
  readonly version?: number | null;
}

/** An endpoint: where it is, what it asks for, and what it does. */
export interface Route<Body = unknown> {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Relative to the base path, with `{model}`, `{project}` and the like. */
  readonly path: string;
  /** `null`: everybody, as it tells nothing. */
  readonly permission: Permission | null;
  /** The query parameters that it knows. Default: none. */
  readonly query?: readonly string[];
  /** What its body must be; that of a `DELETE` may be left out. Absent: it has none. */
  readonly body?: () => z.ZodType<Body>;
  /** The longest body in bytes. Default 1,000,000. */
  readonly maximumBodyBytes?: number;
  /** What it changes, if anything: then it needs `If-Match`. A setting can be tried by `?dry-run`. */
  readonly changes?: "setting" | "record";
  answer(context: AdminContext, call: Call<Body>): Promise<Answer | Response>;
}

/** A route whose `answer` gets its body typed. */
export function defineRoute<Body = unknown>(route: Route<Body>): Route {
  return route as unknown as Route;
}
