import ky, { HTTPError } from "ky";
import type { Clock } from "../basics/clock.ts";
import { parseJson } from "../basics/parse-json.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import { MissingTokenError } from "../errors/missing-token-error.ts";
import { RestageError } from "../errors/restage-error.ts";
import { ThrottledError } from "../errors/throttled-error.ts";
import type { CallKind, Limiter } from "./limiter.ts";
import { toThrottle } from "./to-throttle.ts";
import { TransportError } from "./transport-error.ts";
import { withTimeLimit } from "./with-time-limit.ts";

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
  /** Asked before every call but a create, whose sender asks by itself; told of every 429. */
  readonly limiter: Limiter;
  readonly clock: Clock;
}

/** One call of Replicate's API. */
export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  /** Under the base URL, without a leading slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream<Uint8Array<ArrayBuffer>> | FormData;
  /** A bound on time of the call's own, worked out of the usual one, in milliseconds. */
  readonly toLimitMs?: (usualMs: number) => number;
  readonly signal?: AbortSignal | undefined;
  /** How long a grant of the limiter is of use, in milliseconds. Default: `requestTimeoutMs`. */
  readonly patienceMs?: number | undefined;
  /** Default: `"other"`. */
  readonly kind?: CallKind;
  /** The token, where it was asked for before. */
  readonly bearer?: string | undefined;
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
  /** The last time that Replicate told, in milliseconds since 1970, and how long ago; `undefined` until then. */
  readonly latestDate: { readonly dateMs: number; readonly ageMs: number } | undefined;
  /**
   * The token, within the time of a call. Sends nothing.
   * @throws {MissingTokenError} {InvalidRequestError} when there is no token, or none that can be sent.
   */
  readToken(signal?: AbortSignal): Promise<string>;
  /**
   * @throws {MissingTokenError} {InvalidRequestError} when there is no token, or none that can be sent.
   * @throws {TransportError} when no whole answer came; it says whether anything can have been sent.
   */
  send(call: Call): Promise<Answer>;
}

/** The one ky of this library: bearer token, no redirects, a bound on time, retries only where a call may be repeated. */
export function createHttp({ token, baseUrl, fetch, requestTimeoutMs, retryDelayMs, limiter, clock }: HttpOptions): Http {
  let latest: { readonly dateMs: number; readonly seenAtMs: number } | undefined;
  const client = ky.create({
    prefixUrl: baseUrl,
    // A redirect would be followed with a second POST.
    redirect: "manual",
    // Some hosts' fetch, such as that of Next.js, caches: a listing would then be believed twice.
    cache: "no-store",
    // ky's own timeout ends with the headers; this one holds until the last byte.
    timeout: false,
    retry: {
      limit: 3,
      methods: ["get", "delete", "post"],
      statusCodes: [408, 429, 500, 502, 503, 504],
      // How long a 429 asks to wait is the limiter's to know.
      afterStatusCodes: [],
      delay: (count) => retryDelayMs * 2 ** (count - 1),
      // The limiter has told that it takes too long.
      shouldRetry: ({ error }) => (ThrottledError.is(error) ? false : undefined),
    },
  });

  async function readToken(signal?: AbortSignal): Promise<string> {
    const asked = typeof token === "function" ? await withTimeLimit(requestTimeoutMs, signal, async () => token()) : token;
    const bearer = asked?.trim();
    if (!bearer) throw new MissingTokenError();
    // fetch would refuse the header, and quote the token.
    if (!/^[\x21-\x7e]+$/.test(bearer)) throw new InvalidRequestError([{ field: "token", message: unfitToken }]);
    return bearer;
  }

  async function send(call: Call): Promise<Answer> {
    const bearer = call.bearer ?? (await readToken(call.signal));
    call.signal?.throwIfAborted();
    try {
      // ky's own error holds the request with the token: only its response goes on.
      const response = await request(call, bearer).catch((error) => {
        if (error instanceof HTTPError) return error.response;
        throw error;
      });
      return { status: response.status, headers: response.headers, body: parseJson(withoutToken(await response.text(), bearer)) };
    } catch (error) {
      if (call.signal?.aborted) throw call.signal.reason;
      throw RestageError.is(error) ? error : new TransportError(error);
    }
  }

  function request(call: Call, bearer: string) {
    const {
      method,
      path,
      headers,
      body,
      toLimitMs = (usualMs) => usualMs,
      signal,
      patienceMs = requestTimeoutMs,
      mayRepeat,
      kind = "other",
    } = call;
    return client(path, {
      method,
      headers: { ...headers, authorization: `Bearer ${bearer}` },
      ...(mayRepeat ? {} : { retry: 0 }),
      signal: signal ?? null,
      fetch: async (input, init) => {
        if (kind === "other") await limiter.acquire(kind, signal, patienceMs);
        // It gets its body only now: ky would cancel one that the limiter lets nobody send, and Node 24 (24.21) answers that with an error
        // that nobody can catch.
        const sent = body ? new Request(input, { body, duplex: "half" } as RequestInit) : input;
        const response = await withTimeLimit(toLimitMs(requestTimeoutMs), signal, (limit) =>
          readWhole(fetch(sent, { ...init, signal: limit })),
        );
        await learn(response, kind);
        return response;
      },
    });
  }

  async function learn(response: Response, kind: CallKind): Promise<void> {
    const { status, headers } = response;
    const dateMs = Date.parse(headers.get("date") ?? "");
    // The page of a proxy on the way may tell another time.
    if (!Number.isNaN(dateMs) && headers.get("content-type")?.includes("json")) latest = { dateMs, seenAtMs: clock.now() };
    if (status !== 429) return;
    const body = parseJson(await response.clone().text());
    try {
      await limiter.throttled(toThrottle(kind, { headers, body }));
    } catch {
      // What became of the call matters more than a limiter that fails.
    }
  }

  return {
    baseUrl,
    get latestDate() {
      return latest && { dateMs: latest.dateMs, ageMs: clock.now() - latest.seenAtMs };
    },
    send,
    readToken,
  };
}

const unfitToken = "cannot be sent; copy it again from replicate.com/account/api-tokens";

async function readWhole(fetched: Promise<Response>): Promise<Response> {
  const response = await fetched;
  return new Response((await response.text()) || null, response);
}

// An answer may quote the request, above all one of a proxy.
function withoutToken(text: string, bearer: string): string {
  return bearer.length < 8 ? text : text.replaceAll(bearer, "[token]");
}
