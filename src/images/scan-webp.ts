import { readText, toView } from "./bytes.ts";
import type { Input } from "./create-input.ts";
import { type ImageScan, maximumParts, type SpanRole } from "./image-span.ts";
import { passData, passRest } from "./pass-data.ts";

const roles: Readonly<Record<string, SpanRole>> = {
  VP8X: "lead",
  "XMP ": "xmp",
  C2PA: "credentials",
  "VP8 ": "pixels",
  VP8L: "pixels",
  ANMF: "pixels",
};
const pictureKinds = ["VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"];

/** The chunks of a webp. */
export function* scanWebp(input: Input): ImageScan {
  const start = yield* input.take(12);
  if (start.length < 12 || readText(start, 0, 4) !== "RIFF" || readText(start, 8, 4) !== "WEBP") return false;
  yield { role: "lead", bytes: start, isImageData: false };
  let [left, hasPixels] = [toView(start).getUint32(4, true) - 4, false];
  for (let parts = 0; left >= 8 && parts < maximumParts; parts++) {
    const header = yield* input.take(8);
    if (header.length < 8) return false;
    const length = toView(header).getUint32(4, true);
    const kind = readText(header, 0, 4);
    left -= 8 + length + (length & 1);
    const role = roles[kind] ?? "other";
    hasPixels ||= role === "pixels";
    // A file of the simple format begins with its picture.
    if (left < 0 || (parts === 0 && kind !== "VP8X" && kind !== "VP8 " && kind !== "VP8L")) return false;
    const isImageData = pictureKinds.includes(kind);
    yield { role, bytes: header, isImageData };
    if (!(yield* passData(input, length, { role, isImageData }))) return false;
    if (!(yield* passData(input, length & 1, { role, isImageData: false }))) return false;
  }
  yield* passRest(input);
  return left === 0 && hasPixels;
}
