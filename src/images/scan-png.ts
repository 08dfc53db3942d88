import { readText, toView } from "./bytes.ts";
import type { Input } from "./create-input.ts";
import { type ImageScan, maximumParts, type SpanRole } from "./image-span.ts";
import { passData, passRest } from "./pass-data.ts";
import { pngXmpKeywords } from "./to-png-xmp.ts";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const pictureKinds = ["IHDR", "PLTE", "tRNS", "acTL", "fcTL", "IDAT", "fdAT"];
const textKinds = ["iTXt", "zTXt", "tEXt"];
const maximumKeywordBytes = 24;

/** The chunks of a png, from IHDR to IEND. Checksums are not looked at. */
export function* scanPng(input: Input): ImageScan {
  const start = yield* input.take(signature.length);
  if (!signature.every((byte, index) => start[index] === byte)) return false;
  yield { role: "lead", bytes: start, isImageData: false };
  let hasPixels = false;
  for (let parts = 0; parts < maximumParts; parts++) {
    let there = yield* input.peek(8);
    if (there.length < 8) return false;
    const length = toView(there).getUint32(0);
    const kind = readText(there, 4, 4);
    if (!/^[A-Za-z]{4}$/.test(kind) || (parts === 0 && (kind !== "IHDR" || length !== 13))) return false;
    if (textKinds.includes(kind)) there = yield* input.peek(8 + Math.min(length, maximumKeywordBytes));
    const role = parts === 0 ? "lead" : toRole(kind, there.subarray(8, 8 + length));
    hasPixels ||= kind === "IDAT";
    // Where one IDAT ends and the next begins is no part of the picture.
    const isFrame = pictureKinds.includes(kind) && kind !== "IDAT";
    yield { role, bytes: yield* input.take(8), isImageData: isFrame };
    if (!(yield* passData(input, length, { role, isImageData: pictureKinds.includes(kind) }))) return false;
    if (!(yield* passData(input, 4, { role, isImageData: isFrame }))) return false;
    if (kind === "IEND") {
      yield* passRest(input);
      return hasPixels;
    }
  }
  return false;
}

function toRole(kind: string, data: Uint8Array): SpanRole {
  if (kind === "IDAT") return "pixels";
  if (kind === "caBX") return "credentials";
  const isXmp = textKinds.includes(kind) && pngXmpKeywords.some((keyword) => readText(data, 0, keyword.length) === keyword);
  return isXmp ? "xmp" : "other";
}
