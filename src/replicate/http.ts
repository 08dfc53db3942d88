import ky, { HTTPError } from "ky";
import { MissingTokenError } from "../errors/missing-token-error.ts";
import { TransportError } from "./transport-error.ts";

/** How Replicate is reached. */
export interface HttpOptions {
  /** The API token, or a function that gives it at every call. */
  readonly token: string | (() => string | Promise<string>) | undefined;
  /** Default `https://api.replicate.com/v1`. */
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  /** How long one call may take from its first byte to the last of its answer, in milliseconds; an upload gets more by its size. */
  readonly requestTimeoutMs: number;
  /** The pause before the first retry of a call that may be repeated, in milliseconds; it doubles from retry to retry. */
  readonly retryDelayMs: number;
}

/** One call of Replicate's API. */
export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  /** Under the base URL, without a leading slash. */
  readonly path: string;
  readonly searchParams?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly form?: FormData;
  /** Time beyond the usual bound, in milliseconds. */
  readonly extraTimeMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether the call may be sent again when it failed: `false` for whatever costs money. */
  readonly mayRepeat: boolean;
}

/** What came back, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; `undefined` where the answer was none. */
  readonly body: unknown;
}

/** The one way to Replicate's API. */
export interface Http {
  readonly baseUrl: string;
  /** @throws {MissingTokenError} when there is no token; sends nothing. */
  checkToken(): Promise<void>;
  /**
   * @throws {MissingTokenError}
   * @throws {TransportError} when no whole answer came; it says whether anything can have been sent.
   */
  send(call: Call): Promise<Answer>;
}

/** The one ky of this library: bearer token, no redirects, a bound on time, retries only where a call may be repeated. */
export function createHttp({ token, baseUrl, fetch, requestTimeoutMs, retryDelayMs }: HttpOptions): Http {
  const client = ky.create({
    prefixUrl: baseUrl,
    // A redirect would be followed with a second POST.
    redirect: "manual",
    // ky's own timeout ends with the headers; this one holds until the last byte.
    timeout: false,
    retry: {
      limit: 3,
      methods: ["get", "delete", "post"],
      statusCodes: [408, 429, 500, 502, 503, 504],
      maxRetryAfter: 60_000,
      delay: (count) => retryDelayMs * 2 ** (count - 1),
    },
  });

  async function readToken(): Promise<string> {
    const bearer = typeof token === "function" ? await token() : token;
    if (!bearer) throw new MissingTokenError();
    return bearer;
  }

  async function send(call: Call): Promise<Answer> {
    const bearer = await readToken();
    call.signal?.throwIfAborted();
    try {
      const response = await request(call, bearer);
      return { status: response.status, headers: response.headers, body: parseJson(await response.text()) };
    } catch (error) {
      if (call.signal?.aborted) throw call.signal.reason;
      throw new TransportError(error);
    }
  }

  async function request(call: Call, bearer: string): Promise<Response> {
    try {
      return await client(call.path, {
        method: call.method,
        headers: {
          ...call.headers,
          ...(call.json === undefined ? {} : { "content-type": "application/json" }),
          authorization: `Bearer ${bearer}`,
        },
        ...(call.searchParams === undefined ? {} : { searchParams: { ...call.searchParams } }),
        ...(call.json === undefined ? {} : { body: toStream(JSON.stringify(call.json)) }),
        ...(call.form === undefined ? {} : { body: call.form }),
        ...(call.mayRepeat ? {} : { retry: 0 }),
        signal: call.signal ?? null,
        fetch: (input, init) => {
          const request = input as Request;
          const timeout = AbortSignal.timeout(requestTimeoutMs + (call.extraTimeMs ?? 0));
          return fetch(request, { ...init, signal: AbortSignal.any([request.signal, timeout]) });
        },
      });
    } catch (error) {
      // ky's error holds the request with the token: only its response goes on.
      if (error instanceof HTTPError) return error.response;
      throw error;
    }
  }

  return {
    baseUrl,
    send,
    checkToken: async () => {
      await readToken();
    },
  };
}

// fetch itself sends a body again after a 421, unless the body is a stream.
function toStream(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream() as ReadableStream<Uint8Array>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
