import type { Fault, FaultTarget } from "./fault.ts";

/** A request that the simulator got. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** On the simulator's clock, in milliseconds since 1970. */
  readonly at: number;
  /** In lower case; the value of `authorization` is removed. */
  readonly headers: Readonly<Record<string, string>>;
  /** `null` for an address that the API does not have. */
  readonly target: FaultTarget | null;
  /** The JSON body; `null` where there is none, or none was read. */
  readonly body: unknown;
  /** Keys of `input` that the model does not publish. */
  readonly ignoredInputs: readonly string[];
  /** The scripted fault that befell it. */
  readonly fault: Fault["kind"] | null;
  /** The HTTP status of the answer; `null` before there is one, or where none was given. */
  readonly status: number | null;
}

/** Writes down a request that has just arrived. */
export function toRecordedRequest(request: Request, url: URL, at: number, target: FaultTarget | null): Mutable<RecordedRequest> {
  const headers = Object.fromEntries(request.headers);
  if (headers.authorization !== undefined) headers.authorization = "(removed)";
  return {
    method: request.method,
    path: url.pathname + url.search,
    at,
    headers,
    target,
    body: null,
    ignoredInputs: [],
    fault: null,
    status: null,
  };
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A record that is still being filled in. */
export type OpenRequest = Mutable<RecordedRequest>;
