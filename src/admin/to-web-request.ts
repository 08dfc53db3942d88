import type { IncomingMessage } from "node:http";
import { streamIncoming } from "../basics/stream-incoming.ts";

/** What frameworks add to a request of `node:http`. */
interface Extended {
  /** Express: the address before a mount path was cut off. */
  readonly originalUrl?: string;
  /** What a parser made of the body, where one ran before. */
  readonly body?: unknown;
}

/**
 * A request of `node:http` as a web `Request`. Its body is read only when somebody asks for it.
 * @throws {TypeError} for a target or method that no web request has.
 */
export function toWebRequest(incoming: IncomingMessage): Request {
  const { method = "GET", headers: raw, socket } = incoming;
  const { originalUrl = incoming.url ?? "/" } = incoming as Extended;
  const headers = Object.entries(raw).flatMap(([name, value]): [string, string][] =>
    name.startsWith(":") ? [] : [[name, Array.isArray(value) ? value.join(", ") : String(value)]],
  );
  const protocol = "encrypted" in socket ? "https" : "http";
  const address = originalUrl.startsWith("/") ? `${protocol}://${raw.host ?? "127.0.0.1"}${originalUrl}` : originalUrl;
  if (method === "GET" || method === "HEAD") return new Request(address, { method, headers });
  const { body } = incoming as Extended;
  if (incoming.readableEnded && body !== undefined) return new Request(address, { method, headers, body: toSent(body) });
  // Node wants `duplex` for streamed bodies; the DOM's types do not know it.
  return new Request(address, { method, headers, body: streamIncoming(incoming), duplex: "half" } as RequestInit);
}

function toSent(body: unknown): BodyInit {
  return typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body);
}
