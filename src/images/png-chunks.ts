import { concatenate } from "../basics/concatenate.ts";
import { readText, toBytes, toView } from "./bytes.ts";
import { crc32 } from "./crc32.ts";
import { type ImagePart, type ImageParts, maximumParts } from "./image-parts.ts";

export const pngSignature: Uint8Array = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** The chunks of a png from IHDR to IEND; `undefined` where it is none or a broken one. Checksums are not looked at. */
export function readPngChunks(bytes: Uint8Array): ImageParts<string> | undefined {
  if (!pngSignature.every((byte, index) => bytes[index] === byte)) return undefined;
  const view = toView(bytes);
  const parts: ImagePart<string>[] = [];
  for (let at = pngSignature.length; at + 12 <= bytes.length && parts.length < maximumParts; ) {
    const end = at + 12 + view.getUint32(at);
    const kind = readText(bytes, at + 4, 4);
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(kind)) return undefined;
    parts.push({ kind, bytes: bytes.subarray(at, end), data: bytes.subarray(at + 8, end - 4) });
    if (kind === "IEND") return isWhole(parts) ? { parts, rest: bytes.subarray(end) } : undefined;
    at = end;
  }
  return undefined;
}

function isWhole(parts: readonly ImagePart<string>[]): boolean {
  return parts[0]?.kind === "IHDR" && parts[0].data.length === 13 && parts.some(({ kind }) => kind === "IDAT");
}

/** A chunk as it stands in a file. */
export function toPngChunk(kind: string, data: Uint8Array): Uint8Array {
  const chunk = concatenate([new Uint8Array(4), toBytes(kind), data, new Uint8Array(4)]);
  const view = toView(chunk);
  view.setUint32(0, data.length);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, -4)));
  return chunk;
}
