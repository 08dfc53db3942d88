import { concatenate } from "../basics/concatenate.ts";
import { toBytes, toView } from "./bytes.ts";
import { crc32 } from "./crc32.ts";

/** The keyword of a text that is an XMP packet, as Adobe's specification names it, and as ImageMagick did before. */
export const pngXmpKeywords = ["XML:com.adobe.xmp\0", "Raw profile type xmp\0"] as const;

/** An XMP packet as a chunk of a png: a text that is not compressed, without language and translated keyword. */
export function toPngXmp(packet: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = concatenate([new Uint8Array(4), toBytes(`iTXt${pngXmpKeywords[0]}\0\0\0\0`), packet, new Uint8Array(4)]);
  const view = toView(chunk);
  view.setUint32(0, chunk.length - 12);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, -4)));
  return chunk;
}
