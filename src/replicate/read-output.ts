import { ImageDownloadError } from "../errors/image-download-error.ts";
import { fetchOutput, type OutputRequest } from "./fetch-output.ts";

/** The bytes of an output, as they come. */
export interface OutputBody {
  /** As the answer says it, before it is known to be true. */
  readonly byteLength: number | undefined;
  readonly chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void>;
}

/** What an output is asked for with, and how large it may be. */
export interface BodyRequest extends OutputRequest {
  readonly maximumImageBytes: number;
}

const maximumResumptions = 5;

/**
 * Asks for an output. When its body is cut and the server knows its version (a strong ETag), what is missing is asked for, as long as each
 * time some bytes come.
 * @throws {ImageDownloadError} for another status than 200; while reading, for too many bytes and for a body that stays cut.
 */
export async function readOutput(address: string, request: BodyRequest): Promise<OutputBody> {
  const first = await fetchOutput(address, request);
  if (first.status !== 200 || first.body === null) {
    await first.body?.cancel();
    throw new ImageDownloadError(`HTTP ${first.status}`);
  }
  const byteLength = toByteLength(first);
  if (byteLength !== undefined && byteLength > request.maximumImageBytes) {
    await first.body.cancel();
    throw tooLarge(request);
  }
  return { byteLength, chunks: readChunks(address, request, first, byteLength) };
}

async function* readChunks(address: string, request: BodyRequest, first: Response, byteLength: number | undefined) {
  let [response, received] = [first, 0];
  for (let resumptions = 0; ; resumptions++) {
    const [begin, body] = [received, response.body as ReadableStream<Uint8Array<ArrayBuffer>>];
    let cause: unknown;
    try {
      for await (const chunk of body) {
        received += chunk.length;
        if (received > request.maximumImageBytes) throw tooLarge(request);
        if (received > (byteLength ?? received)) throw new ImageDownloadError(`it goes on after its ${byteLength} bytes`);
        yield chunk;
      }
      if (byteLength === undefined || received === byteLength) return;
    } catch (error) {
      if (ImageDownloadError.is(error)) throw error;
      cause = error;
    }
    const mayResume = received > begin && resumptions < maximumResumptions && !request.signal.aborted;
    const rest = mayResume ? await askForRest(address, request, first, received) : undefined;
    if (rest === undefined) throw new ImageDownloadError(`the connection broke after ${received} bytes`, { cause });
    response = rest;
  }
}

/** The bytes from here on, and `undefined` where the server does not give them or has another version of the image. */
async function askForRest(address: string, request: BodyRequest, { headers }: Response, from: number): Promise<Response | undefined> {
  const etag = headers.get("etag");
  if (!etag?.startsWith('"') || headers.has("content-encoding")) return undefined;
  const response = await fetchOutput(address, { ...request, headers: { range: `bytes=${from}-`, "if-range": etag } });
  const isRest = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${from}-`);
  const isSame = (response.headers.get("etag") ?? etag) === etag;
  if (isRest && isSame && response.body !== null && !response.headers.has("content-encoding")) return response;
  await response.body?.cancel();
  return undefined;
}

// What is encoded on its way has another length there.
function toByteLength({ headers }: Response): number | undefined {
  const text = headers.get("content-length") ?? "";
  return headers.has("content-encoding") || !/^\d{1,15}$/.test(text) ? undefined : Number(text);
}

function tooLarge({ maximumImageBytes }: BodyRequest): ImageDownloadError {
  return new ImageDownloadError(`it is larger than ${maximumImageBytes} bytes`, { retryable: false });
}
