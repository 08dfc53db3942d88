import { concatenate } from "../basics/concatenate.ts";
import { readText, toBytes } from "./bytes.ts";
import type { ImagePart } from "./image-parts.ts";
import { pngSignature, readPngChunks, toPngChunk } from "./png-chunks.ts";

// As Adobe's XMP specification names it, and as ImageMagick did before.
const keywords = ["XML:com.adobe.xmp\0", "Raw profile type xmp\0"] as const;

/** The png with this XMP packet right behind its header, in place of any other; `undefined` where it cannot be written. */
export function writePngXmp(bytes: Uint8Array, packet: Uint8Array): Uint8Array | undefined {
  const file = readPngChunks(bytes);
  if (file === undefined || file.parts.some(({ kind }) => kind === "caBX")) return undefined;
  // Uncompressed, without language and translated keyword.
  const chunk = toPngChunk("iTXt", concatenate([toBytes(`${keywords[0]}\0\0\0\0`), packet]));
  const [header, ...others] = file.parts.filter((part) => !isXmp(part)).map((part) => part.bytes);
  return header && concatenate([pngSignature, header, chunk, ...others, file.rest]);
}

function isXmp({ kind, data }: ImagePart<string>): boolean {
  return /^(iTXt|zTXt|tEXt)$/.test(kind) && keywords.some((keyword) => readText(data, 0, keyword.length) === keyword);
}
