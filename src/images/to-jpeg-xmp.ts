import { concatenate } from "../basics/concatenate.ts";
import { toBytes } from "./bytes.ts";

/** How a segment begins that holds an XMP packet. */
export const jpegXmpName = "http://ns.adobe.com/xap/1.0/\0";

/** An XMP packet as a segment of a jpeg. */
export function toJpegXmp(packet: Uint8Array): Uint8Array<ArrayBuffer> {
  const data = concatenate([toBytes(jpegXmpName), packet]);
  return concatenate([Uint8Array.of(0xff, 0xe1, (data.length + 2) >> 8, (data.length + 2) & 0xff), data]);
}
