import { concatenate } from "../basics/concatenate.ts";
import { readText, toBytes } from "./bytes.ts";
import type { ImagePart } from "./image-parts.ts";
import { readJpegSegments } from "./jpeg-segments.ts";

const xmpName = "http://ns.adobe.com/xap/1.0/\0";
// The continuation of a packet that was too long for one segment.
const extensionName = "http://ns.adobe.com/xmp/extension/\0";

/** The jpeg with this XMP packet behind JFIF and EXIF, in place of any other; `undefined` where it cannot be written. */
export function writeJpegXmp(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const file = readJpegSegments(bytes);
  if (file === undefined || file.parts.some(isContentCredential)) return undefined;
  const parts = file.parts.filter((part) => !startsAs(part, xmpName) && !startsAs(part, extensionName));
  // JFIF and EXIF each ask to be first.
  const place = parts.findIndex((part) => part.kind !== 0xe0 && !startsAs(part, "Exif\0\0"));
  const data = concatenate([toBytes(xmpName), packet]);
  const header = Uint8Array.of(0xff, 0xe1, (data.length + 2) >> 8, (data.length + 2) & 0xff);
  const before = parts.slice(0, place).map((part) => part.bytes);
  const behind = parts.slice(place).map((part) => part.bytes);
  return concatenate([bytes.subarray(0, 2), ...before, header, data, ...behind, file.rest]);
}

function startsAs({ kind, data }: ImagePart<number>, name: string): boolean {
  return kind === 0xe1 && readText(data, 0, name.length) === name;
}

// The JUMBF box of a C2PA manifest names itself in its first bytes.
function isContentCredential({ kind, data }: ImagePart<number>): boolean {
  return kind === 0xeb && readText(data, 0, 64).includes("c2pa");
}
