import { setMaxListeners } from "node:events";
import type { Handler } from "./create-handler.ts";
import type { Delivery } from "./reply.ts";
import { isReplicateOrigin } from "./site.ts";

/** A `fetch` that never touches the network, and a way to end its pending calls. */
export interface MemoryFetch {
  readonly fetch: typeof fetch;
  close(): void;
}

const redirects = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 20;

/** Answers requests to the simulator's origin, to api.replicate.com and to replicate.delivery; any other is refused, so that tests stay offline. */
export function createMemoryFetch(handle: Handler, origin: string): MemoryFetch {
  const closed = new AbortController();
  // Every pending call listens.
  setMaxListeners(0, closed.signal);
  const send = async (request: Request, signal: AbortSignal, followed: number): Promise<Response> => {
    signal.throwIfAborted();
    const url = new URL(request.url);
    if (url.origin !== origin && !isReplicateOrigin(url.origin)) {
      const reason = `the simulator's fetch answers only ${origin} and Replicate's own addresses, not ${url.origin}`;
      throw toFailure("fetch failed", "ENOTFOUND", reason);
    }
    // Followed redirects send the body again.
    const again = request.redirect === "manual" ? undefined : request.clone();
    const { response, delivery } = await untilAborted(handle(request), signal, closed.signal);
    if (delivery.how === "hang") return untilAborted(new Promise<Response>(() => undefined), signal, closed.signal);
    if (delivery.how === "reset") throw toFailure("fetch failed", "ECONNRESET", "read ECONNRESET");
    const location = response.headers.get("location");
    if (again === undefined || location === null || !redirects.has(response.status)) return deliver(response, delivery, request, signal);
    if (request.redirect === "error" || followed >= mostRedirects) throw toFailure("fetch failed", "ERR_REDIRECT", "unexpected redirect");
    return send(redirect(again, new URL(location, url), response.status), signal, followed + 1);
  };
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      // A Request's own signal no longer follows the caller's once that Request is garbage.
      const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
      return send(request, signal, 0);
    },
    close: () => closed.abort(toFailure("fetch failed", "ECONNREFUSED", "the simulator is closed")),
  };
}

// As fetch does: 307 and 308 repeat the request, the older ones turn a POST into a GET.
function redirect(request: Request, url: URL, status: number): Request {
  const repeats = status === 307 || status === 308 || request.method !== "POST";
  return repeats ? new Request(url, request) : new Request(url, { headers: request.headers });
}

// What Node's own fetch throws when a connection fails.
function toFailure(message: string, code: string, reason: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(reason), { code }) });
}

function untilAborted<Value>(work: Promise<Value>, ...signals: readonly AbortSignal[]): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) reject(signal.reason);
      else signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: stop.signal });
    }
    work.then(resolve, reject).finally(() => stop.abort());
  });
}

async function deliver(response: Response, delivery: Delivery, { url, method }: Request, signal: AbortSignal): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  const isEmpty = bytes.length === 0 || method === "HEAD";
  if (!isEmpty) headers.set("content-length", String(bytes.length));
  const answer = new Response(isEmpty ? null : toBody(bytes, delivery, signal), { status, headers });
  return Object.defineProperty(answer, "url", { value: url });
}

function toBody(bytes: Uint8Array<ArrayBuffer>, delivery: Delivery, signal: AbortSignal): BodyInit {
  if (delivery.how === "cut") {
    return new ReadableStream({
      start: (controller) => controller.enqueue(bytes.slice(0, bytes.length / 2)),
      pull: (controller) => controller.error(toFailure("terminated", "UND_ERR_SOCKET", "other side closed")),
    });
  }
  if (delivery.how !== "drip") return bytes;
  const { chunkBytes, everyMs } = delivery;
  let start = 0;
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      signal.throwIfAborted();
      controller.enqueue(bytes.slice(start, start + chunkBytes));
      start += chunkBytes;
      if (start >= bytes.length) controller.close();
    },
  });
}
