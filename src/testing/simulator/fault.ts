/** The calls that a fault can befall. `file` is reading and deleting uploads, `output` the download of an image. */
export type FaultTarget = "create" | "get" | "list" | "cancel" | "upload" | "file" | "output" | "model" | "account" | "webhook_secret";

/** What goes wrong with a call. `accepted` says whether the call does its work all the same (a prediction is created and billed). */
export type Fault =
  /** The connection is reset: before the request's body is read, after it (nothing is done), after the work was done, or within the answer's body. */
  | { readonly kind: "reset"; readonly when: "before_read" | "after_read" | "after_accept" | "mid_body" }
  /** No answer, ever. `accepted` defaults to false. */
  | { readonly kind: "hang"; readonly accepted?: boolean }
  /** The answer comes late. Not scaled by `timeScale`. */
  | { readonly kind: "delay"; readonly delayMs: number }
  /** The answer comes in small pieces. Default: 16 bytes every 5 ms, not scaled by `timeScale`. */
  | { readonly kind: "drip"; readonly chunkBytes?: number; readonly everyMs?: number }
  /** Another status, with a JSON body of Replicate's shape unless `body` is given. `accepted` defaults to false. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly accepted?: boolean;
    }
  /** 429 although no limit is reached. `tells` defaults to `behaviour.throttleTells`; seconds default to 1. */
  | { readonly kind: "throttle"; readonly retryAfterSeconds?: number; readonly tells?: readonly ("header" | "body" | "text")[] }
  /** The HTML page of a proxy. Status defaults to 403, `accepted` to false. */
  | { readonly kind: "html"; readonly status?: number; readonly accepted?: boolean }
  /** A redirect, to the same address unless `location` is given. Status defaults to 307, `accepted` to false. */
  | { readonly kind: "redirect"; readonly status?: number; readonly location?: string; readonly accepted?: boolean }
  /** The work is done; its answer's body stops half-way, as if that were all. */
  | { readonly kind: "truncate" }
  /** The work is done; its answer's body is noise. */
  | { readonly kind: "garble" }
  /** The work is done; its answer is JSON of another shape. */
  | { readonly kind: "shape"; readonly body: unknown }
  /** The work is done; its answer's JSON is changed by a function: a listing that is cut, a status nobody knows. */
  | { readonly kind: "rewrite"; readonly rewrite: (body: unknown) => unknown };

/** When a fault happens. */
export type FaultRule = Fault & {
  readonly on: FaultTarget | "any";
  /** How often. Default 1; `Number.POSITIVE_INFINITY` for always. */
  readonly times?: number;
  /** How many such calls go well first. Default 0. */
  readonly after?: number;
  /** The chance that a call is hit, 0 to 1, drawn from the seed. Default 1. */
  readonly chance?: number;
};

/** The scripted faults. Of several that fit a call the first that was added happens. */
export interface Faults {
  /** The result takes the fault back. */
  add(rule: FaultRule): () => void;
  clear(): void;
  /** How many faults have happened. */
  readonly count: number;
}
