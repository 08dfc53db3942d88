import type { IncomingMessage } from "node:http";

/**
 * The body of a request of `node:http` as a web stream, read only when somebody asks for it. Not `Readable.toWeb`: that holds on to a body
 * that nobody reads, and the caller's upload then never ends.
 */
export function streamIncoming(incoming: IncomingMessage): ReadableStream<Uint8Array> {
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
