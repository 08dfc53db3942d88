import { detectImageType } from "../replicate/image-type.ts";
import type { ImagePart } from "./image-parts.ts";
import { readJpegSegments } from "./jpeg-segments.ts";
import { readPngChunks } from "./png-chunks.ts";
import { readWebpChunks } from "./webp-chunks.ts";

const pngKinds = ["IHDR", "PLTE", "tRNS", "acTL", "fcTL", "IDAT", "fdAT"];
const webpKinds = ["VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"];

const selectors: Readonly<Record<string, (bytes: Uint8Array) => readonly Uint8Array[] | undefined>> = {
  "image/png": (bytes) =>
    // Where one IDAT ends and the next begins is no part of the picture.
    readPngChunks(bytes)?.parts.flatMap(({ kind, ...part }) => (pngKinds.includes(kind) ? [kind === "IDAT" ? part.data : part.bytes] : [])),
  "image/jpeg": (bytes) =>
    readJpegSegments(bytes)?.parts.flatMap((part) => (isMetadata(part) ? [] : [part.bytes.subarray(countFill(part.bytes))])),
  "image/webp": (bytes) =>
    readWebpChunks(bytes)?.parts.flatMap((part) => (webpKinds.includes(part.kind) ? [part.bytes.subarray(0, 8 + part.data.length)] : [])),
};

/** The parts of a png, jpeg or webp that make its picture, without metadata; `undefined` for any other type and for a broken file. */
export function selectImageData(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  return selectors[detectImageType(bytes)?.contentType ?? ""]?.(bytes);
}

// Application segments and comments.
function isMetadata({ kind }: ImagePart<number>): boolean {
  return (kind >= 0xe0 && kind <= 0xef) || kind === 0xfe;
}

// One 0xff belongs to the marker.
function countFill(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte !== 0xff) - 1;
}
