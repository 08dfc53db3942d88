import type { IncomingMessage, ServerResponse } from "node:http";
import { toWebRequest } from "./to-web-request.ts";

/**
 * A handler of web requests as a listener of `node:http`, for Node's own server, Express (`app.use`) and Fastify (an `onRequest` hook); see
 * docs/admin.md. Put it in front of whatever parses bodies. Resolves when the answer is written; never rejects.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { toNodeListener } from "restage/admin";
 *
 * const listener = toNodeListener(async () => new Response("hello"));
 * createServer(listener).listen(0, "127.0.0.1").unref();
 * ```
 */
export function toNodeListener(
  handle: (request: Request) => Response | Promise<Response>,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    const request = readRequest(incoming);
    try {
      const response = request === undefined ? new Response(null, { status: 400 }) : await handle(request);
      const body = Buffer.from(await response.arrayBuffer());
      outgoing.statusCode = response.status;
      for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
      if (response.status !== 204 && response.status !== 304) outgoing.setHeader("content-length", body.length);
      // What is still being sent is not waited for: the connection ends with the answer.
      if (!incoming.complete) outgoing.setHeader("connection", "close");
      outgoing.end(body);
    } catch {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500, { "content-length": 0, connection: "close" }).end();
    }
    incoming.resume();
  };
}

function readRequest(incoming: IncomingMessage): Request | undefined {
  try {
    return toWebRequest(incoming);
  } catch {
    return undefined;
  }
}
