import type { ImageSize } from "./image-size.ts";
import { isJpegFrame, skipFill } from "./jpeg-markers.ts";

/** The size in the frame header of a jpeg; `undefined` where none comes before the pixels. */
export function readJpegSize(bytes: Uint8Array): ImageSize | undefined {
  const twoBytes = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  let mark = bytes.indexOf(0xff, 2);
  while (mark >= 0) {
    const marker = skipFill(bytes, mark);
    const kind = bytes[marker];
    if (kind === undefined || (kind >= 0xd8 && kind <= 0xda)) return undefined;
    if (isJpegFrame(kind)) {
      return marker + 8 <= bytes.length ? { width: twoBytes(marker + 6), height: twoBytes(marker + 4) } : undefined;
    }
    const length = kind <= 0x01 || (kind >= 0xd0 && kind <= 0xd7) ? 0 : twoBytes(marker + 1);
    // As decoders do, which pass over what stands between two segments: a bomb must not hide behind a stray byte.
    mark = bytes.indexOf(0xff, marker + 1 + length);
  }
  return undefined;
}
