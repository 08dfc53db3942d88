import { concatenate } from "../basics/concatenate.ts";

/** The body of a request; `undefined` where it is larger than so many bytes: then the rest is not read. */
export async function readBody({ headers, body }: Request, maximumBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(headers.get("content-length")) > maximumBytes) return undefined;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return concatenate(chunks);
}
