import { ImageDownloadError } from "../errors/image-download-error.ts";
import { detectImageType, type ImageType } from "./image-type.ts";
import { withTimeLimit } from "./with-time-limit.ts";

/** How a finished image is brought home. */
export interface DownloadOptions {
  readonly fetch: typeof fetch;
  /** The origin of this base URL is trusted beside replicate.delivery. */
  readonly baseUrl: string;
  readonly maximumImageBytes: number;
  /** How long one image may take, in milliseconds. */
  readonly requestTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A finished image, typed by its bytes. */
export interface DownloadedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: ImageType;
}

/**
 * Brings one output home. Sends no token.
 * @throws {ImageDownloadError} for an address that is none of Replicate's, a broken download, too many bytes, or bytes that are no image.
 */
export async function downloadImage(address: string, options: DownloadOptions): Promise<DownloadedImage> {
  checkAddress(address, options.baseUrl);
  try {
    return await withTimeLimit(options.requestTimeoutMs, options.signal, (signal) => download(address, options, signal));
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    throw ImageDownloadError.is(error) ? error : new ImageDownloadError("the connection broke", { cause: error });
  }
}

async function download(address: string, { fetch, maximumImageBytes }: DownloadOptions, signal: AbortSignal): Promise<DownloadedImage> {
  const response = await fetch(address, { redirect: "manual", signal });
  if (response.status !== 200 || response.body === null) throw new ImageDownloadError(`HTTP ${response.status}`);
  const bytes = await readBounded(response.body, maximumImageBytes);
  const expected = Number(response.headers.get("content-length") ?? bytes.length);
  if (response.headers.get("content-encoding") === null && bytes.length !== expected) {
    throw new ImageDownloadError(`${bytes.length} of ${expected} bytes came`);
  }
  const type = detectImageType(bytes);
  if (type === undefined) throw new ImageDownloadError("the bytes are no jpeg, png, webp or gif", { retryable: false });
  return { bytes, type };
}

// An answer's addresses are not trusted: they could lead anywhere inside the service's network.
function checkAddress(address: string, baseUrl: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isReplicates = url?.protocol === "https:" && /(^|\.)replicate\.delivery$/.test(url.host);
  const isTrusted = isReplicates || url?.origin === new URL(baseUrl).origin;
  if (!isTrusted || url?.username || url?.password) throw new ImageDownloadError("its address is not Replicate's", { retryable: false });
}

async function readBounded(stream: ReadableStream<Uint8Array<ArrayBuffer>>, maximumBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > maximumBytes) throw new ImageDownloadError(`it is larger than ${maximumBytes} bytes`, { retryable: false });
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
