import type { Handler } from "./create-handler.ts";
import type { Delivery, Reply } from "./reply.ts";
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
  const send = async (request: Request, followed: number): Promise<Response> => {
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    if (url.origin !== origin && !isReplicateOrigin(url.origin)) {
      throw toFailure(
        "fetch failed",
        "ENOTFOUND",
        `the simulator's fetch answers only ${origin} and Replicate's own addresses, not ${url.origin}`,
      );
    }
    // Followed redirects send the body again.
    const again = request.redirect === "manual" ? undefined : request.clone();
    const { response, delivery } = await untilAborted(handle(request), request.signal, closed.signal);
    if (delivery.how === "hang") return untilAborted(new Promise<Response>(() => undefined), request.signal, closed.signal);
    if (delivery.how === "reset") throw toFailure("fetch failed", "ECONNRESET", "read ECONNRESET");
    const location = response.headers.get("location");
    if (again === undefined || location === null || !redirects.has(response.status)) return deliver(response, delivery, request);
    if (request.redirect === "error" || followed >= mostRedirects) throw toFailure("fetch failed", "ERR_REDIRECT", "unexpected redirect");
    return send(new Request(new URL(location, url), again), followed + 1);
  };
  return {
    fetch: async (input, init) => send(new Request(input, init), 0),
    close: () => closed.abort(toFailure("fetch failed", "ECONNREFUSED", "the simulator is closed")),
  };
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

async function deliver(response: Response, delivery: Delivery, { url, method }: Request): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  const isEmpty = bytes.length === 0 || method === "HEAD";
  if (!isEmpty) headers.set("content-length", String(bytes.length));
  const answer = new Response(isEmpty ? null : toBody(bytes, delivery), { status, headers });
  return Object.defineProperty(answer, "url", { value: url });
}

function toBody(bytes: Uint8Array<ArrayBuffer>, delivery: Reply["delivery"]): BodyInit {
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
      controller.enqueue(bytes.slice(start, start + chunkBytes));
      start += chunkBytes;
      if (start >= bytes.length) controller.close();
    },
  });
}
