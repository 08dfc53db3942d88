import { detectImageType } from "../replicate/image-type.ts";
import { readText, toView } from "./bytes.ts";
import type { ImageSize } from "./image-size.ts";
import { readGifSize } from "./read-gif-size.ts";
import { readJpegSize } from "./read-jpeg-size.ts";
import { readFirstWebpFrame } from "./webp-frame.ts";

const sizeReaders: Readonly<Record<string, (bytes: Uint8Array) => ImageSize | undefined>> = {
  "image/jpeg": readJpegSize,
  "image/png": (bytes) => {
    if (bytes.length < 24 || readText(bytes, 12, 4) !== "IHDR") return undefined;
    const view = toView(bytes);
    return { width: view.getUint32(16), height: view.getUint32(20) };
  },
  "image/webp": readFirstWebpFrame,
  "image/gif": readGifSize,
};

/**
 * How large a jpeg, png, webp or gif says it is, by its first bytes, before anything is decoded; of an animation, one picture.
 * `undefined` for any other type, and where the bytes end or break before the size, or tell none. Never throws.
 */
export function readImageSize(bytes: Uint8Array): ImageSize | undefined {
  const { width = 0, height = 0 } = sizeReaders[detectImageType(bytes)?.contentType ?? ""]?.(bytes) ?? {};
  return width > 0 && height > 0 ? { width, height } : undefined;
}
