import type { ServerResponse } from "node:http";
import { startServer } from "./helpers.ts";

/** How the server of an image behaves. */
export interface ImageServerOptions {
  /** After how many bytes each answer is cut; whole without it. */
  readonly cutAfterBytes?: number;
  /** How many answers are cut. Default: all. */
  readonly cuts?: number;
  /** The version that the n-th answer tells, from 0; none without it. */
  readonly etag?: (answer: number) => string;
  /** Whether it gives a part when asked. Default `true`. */
  readonly takesRange?: boolean;
  /** Whether it tells the length. Default `true`. */
  readonly tellsLength?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server of one image that cuts its answers, and knows ranges as RFC 9110 has them. */
export function serveImage(image: Uint8Array, options: ImageServerOptions = {}) {
  const { cutAfterBytes = Number.POSITIVE_INFINITY, cuts = Number.POSITIVE_INFINITY, takesRange = true, tellsLength = true } = options;
  let answers = 0;
  return startServer((incoming, outgoing) => {
    const etag = options.etag?.(answers);
    const isCut = answers++ < cuts;
    const { range, "if-range": version } = incoming.headers;
    const from = takesRange && version === etag ? Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0) : 0;
    const rest = image.subarray(from);
    outgoing.writeHead(from > 0 ? 206 : 200, {
      ...(etag && { etag }),
      ...(tellsLength && { "content-length": rest.length }),
      ...(from > 0 && { "content-range": `bytes ${from}-${image.length - 1}/${image.length}` }),
      ...options.headers,
    });
    if (isCut && rest.length > cutAfterBytes) cut(outgoing, rest.subarray(0, cutAfterBytes));
    else outgoing.end(rest);
  });
}

function cut(outgoing: ServerResponse, bytes: Uint8Array): void {
  outgoing.write(bytes, () => setImmediate(() => outgoing.destroy()));
}
