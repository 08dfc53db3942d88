import { concatenate } from "../basics/concatenate.ts";
import { readText, toBytes, toView } from "./bytes.ts";
import type { Insertion } from "./create-edit.ts";
import { readWebpFrame } from "./webp-frame.ts";

const [alphaFlag, xmpFlag] = [0x10, 0x04];

/**
 * An XMP packet for a webp: behind pixels and EXIF, announced by the header. A file of the simple format becomes one of the extended format,
 * since only that has room for metadata. `start` are the file's first bytes, `replacedBytes` what goes of it: headers and other packets.
 * `undefined` where the file cannot hold one.
 */
export function toWebpXmp(packet: Uint8Array, start: Uint8Array<ArrayBuffer>, replacedBytes: number): Insertion | undefined {
  if (start.length < 20) return undefined;
  const view = toView(start);
  const kind = readText(start, 12, 4);
  const data = start.subarray(20, 20 + view.getUint32(16, true));
  const header = kind === "VP8X" ? addFlag(data) : toExtendedHeader(kind, data);
  if (header === undefined) return undefined;
  const [headerChunk, packetChunk] = [toWebpChunk("VP8X", header), toWebpChunk("XMP ", packet)];
  const riff = toBytes("RIFF\0\0\0\0WEBP");
  const size = view.getUint32(4, true) - replacedBytes + riff.length + headerChunk.length + packetChunk.length;
  if (size > 0xffff_fff6) return undefined;
  toView(riff).setUint32(4, size, true);
  return { packet: packetChunk, before: "end", lead: concatenate([riff, headerChunk]) };
}

function addFlag(data: Uint8Array): Uint8Array | undefined {
  const header = new Uint8Array(data);
  header[0] = (header[0] ?? 0) | xmpFlag;
  return header.length === 10 ? header : undefined;
}

function toExtendedHeader(kind: string, data: Uint8Array): Uint8Array | undefined {
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

/** A chunk as it stands in a file. */
function toWebpChunk(kind: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = concatenate([toBytes(kind), new Uint8Array(4), data, new Uint8Array(data.length & 1)]);
  toView(chunk).setUint32(4, data.length, true);
  return chunk;
}
