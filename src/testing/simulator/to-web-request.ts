import type { IncomingMessage } from "node:http";
import { streamIncoming } from "../../basics/stream-incoming.ts";

/** A request of node:http as a web `Request`. Its body is read only when somebody asks for it. */
export function toWebRequest(incoming: IncomingMessage): Request {
  const { method = "GET", headers: raw, url = "/" } = incoming;
  const headers = Object.entries(raw).map(([name, value]): [string, string] => [name, String(value)]);
  const address = `http://${raw.host ?? "127.0.0.1"}${url}`;
  if (method === "GET" || method === "HEAD") return new Request(address, { method, headers });
  // Node wants `duplex` for streamed bodies; the DOM's types do not know it.
  return new Request(address, { method, headers, body: streamIncoming(incoming), duplex: "half" } as RequestInit);
}
