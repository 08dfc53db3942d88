import { createHash } from "../basics/create-hash.ts";
import { scanWhole } from "./scan-whole.ts";

/**
 * The SHA-256, in hex, of what makes the picture in a png, jpeg or webp: a copy to which metadata were added, or from which all were
 * taken, has the same. A copy that was encoded anew has another, and so has one in another format. Of any other file, and of a broken
 * one, it is the SHA-256 of all bytes.
 */
export async function hashImageData(bytes: Uint8Array): Promise<string> {
  const file = scanWhole(bytes as Uint8Array<ArrayBuffer>);
  const hash = createHash();
  for (const span of file?.spans.filter(({ isImageData }) => isImageData) ?? [{ bytes }]) hash.update(span.bytes);
  return hash.digest();
}
