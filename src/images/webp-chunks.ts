import { concatenate } from "../basics/concatenate.ts";
import { readText, toBytes, toView } from "./bytes.ts";
import { type ImagePart, type ImageParts, maximumParts } from "./image-parts.ts";

/** The chunks of a webp; `undefined` where it is none or a broken one. */
export function readWebpChunks(bytes: Uint8Array): ImageParts<string> | undefined {
  if (bytes.length < 12 || readText(bytes, 0, 4) !== "RIFF" || readText(bytes, 8, 4) !== "WEBP") return undefined;
  const view = toView(bytes);
  const riffEnd = 8 + view.getUint32(4, true);
  if (riffEnd > bytes.length) return undefined;
  const parts: ImagePart<string>[] = [];
  let at = 12;
  while (at + 8 <= riffEnd && parts.length < maximumParts) {
    const dataEnd = at + 8 + view.getUint32(at + 4, true);
    const end = dataEnd + (dataEnd & 1);
    if (end > riffEnd) return undefined;
    parts.push({ kind: readText(bytes, at, 4), bytes: bytes.subarray(at, end), data: bytes.subarray(at + 8, dataEnd) });
    at = end;
  }
  return at === riffEnd && isWhole(parts) ? { parts, rest: bytes.subarray(at) } : undefined;
}

function isWhole(parts: readonly ImagePart<string>[]): boolean {
  const isFrame = (part: ImagePart<string> | undefined) => part?.kind === "VP8 " || part?.kind === "VP8L";
  return isFrame(parts[0]) || (parts[0]?.kind === "VP8X" && parts.some((part) => isFrame(part) || part.kind === "ANMF"));
}

/** A chunk as it stands in a file. */
export function toWebpChunk(kind: string, data: Uint8Array): Uint8Array {
  const header = concatenate([toBytes(kind), new Uint8Array(4)]);
  toView(header).setUint32(4, data.length, true);
  return concatenate([header, data, new Uint8Array(data.length & 1)]);
}

/** A whole file of these chunks; `undefined` where they are more than the format can count. */
export function toWebpFile(chunks: readonly Uint8Array[], rest: Uint8Array): Uint8Array | undefined {
  const size = chunks.reduce((total, { length }) => total + length, 4);
  if (size > 0xffff_fff6) return undefined;
  const header = toBytes("RIFF\0\0\0\0WEBP");
  toView(header).setUint32(4, size, true);
  return concatenate([header, ...chunks, rest]);
}
