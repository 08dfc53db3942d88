import { type ImagePart, type ImageParts, maximumParts } from "./image-parts.ts";

const endOfImage = 0xd9;
const startOfScan = 0xda;

/** The segments of a jpeg behind its first two bytes, the end marker among them; `undefined` where it is none or a broken one. */
export function readJpegSegments(bytes: Uint8Array): ImageParts<number> | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const parts: ImagePart<number>[] = [];
  for (let at = 2; parts.length < maximumParts; ) {
    const part = readJpegSegment(bytes, at);
    if (part === undefined) return undefined;
    parts.push(part);
    at += part.bytes.length;
    if (part.kind === endOfImage) return isWhole(parts) ? { parts, rest: bytes.subarray(at) } : undefined;
  }
  return undefined;
}

/** The segment that begins at `at`, told by its marker; that of a scan with its pixels; `undefined` where there is none. */
function readJpegSegment(bytes: Uint8Array, at: number): ImagePart<number> | undefined {
  if (bytes[at] !== 0xff) return undefined;
  const marker = skipFill(bytes, at);
  const kind = bytes[marker];
  if (kind === undefined || kind === 0 || kind === 0xd8) return undefined;
  if (kind === endOfImage || kind === 0x01 || isRestart(kind)) {
    return { kind, bytes: bytes.subarray(at, marker + 1), data: bytes.subarray(marker + 1, marker + 1) };
  }
  const length = ((bytes[marker + 1] ?? 0) << 8) | (bytes[marker + 2] ?? 0);
  const end = marker + 1 + length;
  if (length < 2 || end > bytes.length) return undefined;
  const whole = bytes.subarray(at, kind === startOfScan ? findScanEnd(bytes, end) : end);
  return { kind, bytes: whole, data: bytes.subarray(marker + 3, end) };
}

/** Whether a marker begins a frame, whose first data are precision, height and width. */
export function isJpegFrame(kind: number): boolean {
  return kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
}

// Pixels hold 0xff only before 0 or as a restart marker; anything else behind it is the next segment.
function findScanEnd(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const marker = skipFill(bytes, at);
    const kind = bytes[marker];
    if (kind !== 0 && !isRestart(kind)) return at;
    at = bytes.indexOf(0xff, marker + 1);
  }
  return bytes.length;
}

/** Where the second byte of a marker is: any number of 0xff may stand before it. */
export function skipFill(bytes: Uint8Array, at: number): number {
  let marker = at + 1;
  while (bytes[marker] === 0xff) marker++;
  return marker;
}

function isRestart(kind: number | undefined): boolean {
  return kind !== undefined && kind >= 0xd0 && kind <= 0xd7;
}

function isWhole(parts: readonly ImagePart<number>[]): boolean {
  return parts.some(({ kind }) => isJpegFrame(kind)) && parts.some(({ kind }) => kind === startOfScan);
}
