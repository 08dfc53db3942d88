import { toView } from "./bytes.ts";
import type { ImagePart } from "./image-parts.ts";
import { readWebpChunks, toWebpChunk, toWebpFile } from "./webp-chunks.ts";
import { readWebpFrame } from "./webp-frame.ts";

const alphaFlag = 0x10;
const xmpFlag = 0x04;
const chunksBeforeXmp = ["ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L", "EXIF"];

/**
 * The webp with this XMP packet behind pixels and EXIF, in place of any other; `undefined` where it cannot be written. A file of the
 * simple format becomes one of the extended format, since only that has room for metadata.
 */
export function writeWebpXmp(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const file = readWebpChunks(bytes);
  const [first] = file?.parts ?? [];
  if (!file || !first || file.parts.some(({ kind }) => kind === "C2PA")) return undefined;
  const header = first.kind === "VP8X" ? addFlag(first.data) : toExtendedHeader(first);
  const others = file.parts.filter(({ kind }) => kind !== "VP8X" && kind !== "XMP ");
  const place = 1 + others.findLastIndex(({ kind }) => chunksBeforeXmp.includes(kind));
  const chunks = others.map((part) => part.bytes);
  chunks.splice(place, 0, toWebpChunk("XMP ", packet));
  return header && toWebpFile([toWebpChunk("VP8X", header), ...chunks], file.rest);
}

function addFlag(data: Uint8Array): Uint8Array | undefined {
  const header = data.slice();
  header[0] = (header[0] ?? 0) | xmpFlag;
  return header.length === 10 ? header : undefined;
}

function toExtendedHeader({ kind, data }: ImagePart<string>): Uint8Array | undefined {
  const frame = readWebpFrame(kind, data);
  if (!frame?.width || !frame.height) return undefined;
  const header = new Uint8Array(10);
  const view = toView(header);
  // Sides of the simple format have 14 bits of the 24 that there is room for.
  view.setUint8(0, xmpFlag | (frame.hasAlpha ? alphaFlag : 0));
  view.setUint16(4, frame.width - 1, true);
  view.setUint16(7, frame.height - 1, true);
  return header;
}
