import { readText, toView } from "./bytes.ts";
import type { Input } from "./create-input.ts";
import { type ImageScan, type ImageSpan, maximumParts, type SpanRole } from "./image-span.ts";
import { endOfImage, findScanEnd, isBareMarker, isJpegFrame, isWithinScan, skipFill, startOfScan } from "./jpeg-markers.ts";
import { passData, passRest } from "./pass-data.ts";
import { jpegXmpName } from "./to-jpeg-xmp.ts";

// The continuation of a packet that was too long for one segment.
const extensionName = "http://ns.adobe.com/xmp/extension/\0";
const maximumNameBytes = 64;
const maximumFillBytes = 65_536;
// Those whose first bytes tell what they hold.
const namedKinds = [0xe1, 0xeb];

/** The segments of a jpeg, its scans with their pixels. */
export function* scanJpeg(input: Input): ImageScan {
  const start = yield* input.take(2);
  if (start[0] !== 0xff || start[1] !== 0xd8) return false;
  yield { role: "lead", bytes: start, isImageData: false };
  let [hasFrame, hasPixels] = [false, false];
  for (let parts = 0; parts < maximumParts; parts++) {
    const markerBytes = (yield* peekMarker(input)).length;
    const kind = (yield* input.peek(markerBytes))[markerBytes - 1];
    if (kind === undefined || kind === 0 || kind === 0xd8) return false;
    const sizeBytes = isBareMarker(kind) ? 0 : 2;
    const length = sizeBytes === 0 ? 0 : readLength(yield* input.peek(markerBytes + sizeBytes), markerBytes) - sizeBytes;
    if (length < 0) return false;
    const dataAt = markerBytes + sizeBytes;
    const nameBytes = namedKinds.includes(kind) ? Math.min(length, maximumNameBytes) : 0;
    const role = toRole(kind, (yield* input.peek(dataAt + nameBytes)).subarray(dataAt, dataAt + nameBytes));
    // Application segments and comments are metadata; one 0xff belongs to the marker, others are fill.
    const isImageData = !((kind >= 0xe0 && kind <= 0xef) || kind === 0xfe);
    yield { role, bytes: yield* input.take(markerBytes - 2), isImageData: false };
    yield { role, bytes: yield* input.take(2 + sizeBytes), isImageData };
    if (!(yield* passData(input, length, { role, isImageData }))) return false;
    if (kind === startOfScan) yield* passScan(input);
    hasPixels ||= kind === startOfScan;
    hasFrame ||= isJpegFrame(kind);
    if (kind === endOfImage) {
      yield* passRest(input);
      return hasFrame && hasPixels;
    }
  }
  return false;
}

/** The next marker, with the fill before it, as it stands there; nothing where there is none. */
function* peekMarker(input: Input): Generator<undefined, Uint8Array> {
  for (let wanted = 2; ; ) {
    const bytes = yield* input.peek(wanted);
    const end = skipFill(bytes, 0) + 1;
    if (bytes[0] !== 0xff || bytes.length < wanted) return new Uint8Array();
    if (end <= bytes.length) return bytes.subarray(0, end);
    if (bytes.length > maximumFillBytes) return new Uint8Array();
    wanted = bytes.length + 1;
  }
}

function* passScan(input: Input): Generator<ImageSpan | undefined, void> {
  const span = { role: "pixels", isImageData: true } as const;
  for (;;) {
    const there = yield* input.peek(1);
    const end = findScanEnd(there);
    if (end > 0) yield { ...span, bytes: yield* input.take(end) };
    if (there.length > 0 && end === there.length) continue;
    const marker = yield* peekMarker(input);
    if (!isWithinScan(marker.at(-1))) return;
    yield { ...span, bytes: yield* input.take(marker.length) };
  }
}

/** The length that a segment tells; negative where it is cut off. */
function readLength(bytes: Uint8Array, at: number): number {
  return bytes.length < at + 2 ? -1 : toView(bytes).getUint16(at);
}

function toRole(kind: number, data: Uint8Array): SpanRole {
  const startsAs = (name: string) => kind === 0xe1 && readText(data, 0, name.length) === name;
  if (kind === startOfScan) return "pixels";
  if (startsAs(jpegXmpName) || startsAs(extensionName)) return "xmp";
  // The JUMBF box of a C2PA manifest names itself in its first bytes.
  if (kind === 0xeb && readText(data, 0, maximumNameBytes).includes("c2pa")) return "credentials";
  // JFIF and EXIF each ask to be first.
  return kind === 0xe0 || startsAs("Exif\0\0") ? "lead" : "other";
}
