import { ApiError } from "./api-error.ts";
import { readToken } from "./token.ts";

// The scripts stand in assets/, whatever the host calls the path above.
const base = new URL("../", import.meta.url);

// The server's words are for whoever writes programs.
const stale = "Somebody else has changed this in the meantime, so nothing was done. Look at what is stored now, then try again.";

const signedOut = "You were signed out, so nothing was done. Try again.";

const unauthorized = new Set<() => void>();

/** Tells when the server does not know who asks. Gives a function that ends it. */
export function onUnauthorized(listener: () => void): () => void {
  unauthorized.add(listener);
  return () => void unauthorized.delete(listener);
}

interface AskOptions {
  readonly method?: "GET" | "PUT" | "POST" | "DELETE";
  readonly body?: unknown;
  /** The version that a write stands on; `null` where nothing is stored. */
  readonly version?: number | null;
  /** Where the same key comes again, nothing is paid again. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the API, with a path relative to the base path.
 * @throws {ApiError}
 */
export async function ask<T>(path: string, options: AskOptions = {}): Promise<T> {
  const response = await send(path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Asks for an image. Gives an address for it, to be revoked. */
export async function askImage(path: string): Promise<string> {
  return URL.createObjectURL(await (await send(path, {})).blob());
}

async function send(path: string, { method = "GET", body, version, idempotencyKey, signal }: AskOptions): Promise<Response> {
  const token = readToken();
  const headers = {
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    ...(version !== undefined && { "if-match": `"${version ?? 0}"` }),
  };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }), signal: signal ?? null };
  const response = await fetch(new URL(path, base), init).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError("The server cannot be reached. Check the connection and try again.", 0);
  });
  if (response.ok) return response;
  // An answer that comes after somebody signed in is not about them.
  if (response.status === 401 && readToken() === token) for (const listener of unauthorized) listener();
  const problem = await response.json().catch(() => ({}));
  const told = problem.detail ?? problem.title ?? `The server answered with status ${response.status}.`;
  const text = response.status === 412 ? stale : response.status === 401 ? signedOut : told;
  throw new ApiError(String(text), response.status, Array.isArray(problem.issues) ? problem.issues : []);
}
