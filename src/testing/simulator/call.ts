import { refuse } from "./problem-response.ts";
import type { OpenRequest } from "./recorded-request.ts";
import { type Site, toSite } from "./site.ts";

/** A request on its way through an endpoint. */
export interface Call {
  readonly url: URL;
  readonly site: Site;
  readonly headers: Headers;
  /** The parts of the path that the route leaves open. */
  readonly parameters: readonly string[];
  readonly record: OpenRequest;
  /**
   * The whole body.
   * @throws {Refusal} 413 when it is larger than that many bytes.
   */
  readBytes(maximumBytes?: number): Promise<Uint8Array>;
  /**
   * The body as JSON, written down in the record.
   * @throws {Refusal} 400 when it is none.
   */
  readJson(): Promise<unknown>;
}

/** A call whose body is read once, when it is asked for. */
export function createCall(request: Request, url: URL, parameters: readonly string[], record: OpenRequest): Call {
  let body: Promise<Uint8Array> | undefined;
  const readBytes = (maximumBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array> => {
    body ??= readBody(request, maximumBytes);
    return body;
  };
  return {
    url,
    site: toSite(url),
    headers: request.headers,
    parameters,
    record,
    readBytes,
    async readJson() {
      const text = Buffer.from(await readBytes()).toString("utf8");
      try {
        record.body = JSON.parse(text);
        return record.body;
      } catch {
        throw refuse(400, "The request body is not valid JSON.");
      }
    },
  };
}

async function readBody(request: Request, maximumBytes: number): Promise<Uint8Array> {
  const tooLarge = () => refuse(413, `The request is larger than ${maximumBytes} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > maximumBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > maximumBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
