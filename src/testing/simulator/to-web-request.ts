import type { IncomingMessage } from "node:http";

/** A request of node:http as a web `Request`. Its body is read only when somebody asks for it. */
export function toWebRequest(incoming: IncomingMessage): Request {
  const { method = "GET", headers: raw, url = "/" } = incoming;
  const headers = Object.entries(raw).map(([name, value]): [string, string] => [name, String(value)]);
  const address = `http://${raw.host ?? "127.0.0.1"}${url}`;
  if (method === "GET" || method === "HEAD") return new Request(address, { method, headers });
  // Node wants `duplex` for streamed bodies; the DOM's types do not know it.
  return new Request(address, { method, headers, body: toStream(incoming), duplex: "half" } as RequestInit);
}

// Not Readable.toWeb: it holds on to a body that nobody reads, and the caller's upload then never ends.
function toStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Uint8Array> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        chunks ??= incoming.iterator({ destroyOnReturn: false });
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
