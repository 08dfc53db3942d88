import { readText, toView } from "./bytes.ts";

/** What the first bytes of a webp's chunk tell of the picture. */
export interface WebpFrame {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

const frameReaders: Readonly<Record<string, (view: DataView) => WebpFrame | undefined>> = {
  "VP8 ": (view) => {
    const isKeyFrame = (view.getUint8(0) & 1) === 0 && view.getUint8(3) === 0x9d && view.getUint16(4) === 0x012a;
    // The two bits above are a hint for scaling.
    return isKeyFrame ? { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff, hasAlpha: false } : undefined;
  },
  VP8L: (view) => {
    const bits = view.getUint32(1, true);
    if (view.getUint8(0) !== 0x2f || bits >>> 29 !== 0) return undefined;
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), hasAlpha: (bits & 0x1000_0000) !== 0 };
  },
  VP8X: (view) => ({
    width: 1 + readUint24(view, 4),
    height: 1 + readUint24(view, 7),
    hasAlpha: (view.getUint8(0) & 0x10) !== 0,
  }),
};

function readUint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** The size of the picture by the data of a chunk of this kind; `undefined` where it tells none. */
export function readWebpFrame(kind: string, data: Uint8Array): WebpFrame | undefined {
  return data.length >= 10 || (kind === "VP8L" && data.length >= 5) ? frameReaders[kind]?.(toView(data)) : undefined;
}

/** As `readWebpFrame`, of the first chunk of a file, whose other chunks may be missing. */
export function readFirstWebpFrame(bytes: Uint8Array): WebpFrame | undefined {
  return readWebpFrame(readText(bytes, 12, 4), bytes.subarray(20));
}
