import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Handler } from "./create-handler.ts";
import type { Reply } from "./reply.ts";
import { toWebRequest } from "./to-web-request.ts";

/** A running server. */
export interface SimulatorServer {
  /** Such as `http://127.0.0.1:40001`. */
  readonly origin: string;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** Serves a handler on the loopback address. */
export async function startServer(handle: Handler, port: number): Promise<SimulatorServer> {
  const server = createServer((incoming, outgoing) => {
    serve(handle, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  // A server that closes idle connections resets the request that is just then under way: a fault that nobody scripted.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(handle: Handler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { response, delivery } = await handle(toWebRequest(incoming));
  if (delivery.how === "hang") return;
  if (delivery.how === "reset") {
    incoming.socket.resetAndDestroy();
    return;
  }
  const body = Buffer.from(await response.arrayBuffer());
  // What the caller still sends is discarded, so that it gets to read the answer.
  incoming.resume();
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), "content-length": body.length });
  if (delivery.how === "whole") outgoing.end(body);
  else if (delivery.how === "drip") await drip(outgoing, body, delivery);
  // Not reset: that would discard what the caller has not read yet, headers included.
  else outgoing.write(body.subarray(0, body.length / 2), () => incoming.socket.destroy());
}

async function drip(
  outgoing: ServerResponse,
  body: Uint8Array,
  { chunkBytes, everyMs }: Extract<Reply["delivery"], { how: "drip" }>,
): Promise<void> {
  for (let start = 0; start < body.length && !outgoing.destroyed; start += chunkBytes) {
    outgoing.write(body.subarray(start, start + chunkBytes));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  outgoing.end();
}
