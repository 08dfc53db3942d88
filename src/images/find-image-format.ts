import type { ImageType } from "../replicate/image-type.ts";
import type { Insertion } from "./create-edit.ts";
import type { Input } from "./create-input.ts";
import type { ImageScan } from "./image-span.ts";
import { scanJpeg } from "./scan-jpeg.ts";
import { scanPng } from "./scan-png.ts";
import { scanWebp } from "./scan-webp.ts";
import { toJpegXmp } from "./to-jpeg-xmp.ts";
import { toPngXmp } from "./to-png-xmp.ts";
import { toWebpXmp } from "./to-webp-xmp.ts";

/** A format that has room for XMP. */
export interface ImageFormat {
  /** Takes a file of it apart. */
  scan(input: Input): ImageScan;
  /**
   * How a packet gets into a file that starts so, and loses so many bytes of lead and other packets; `undefined` where it cannot. Of the start,
   * 64 bytes do.
   */
  toInsertion(packet: Uint8Array, start: Uint8Array<ArrayBuffer>, replacedBytes: number): Insertion | undefined;
}

const formats: Readonly<Record<ImageType["contentType"], ImageFormat>> = {
  "image/jpeg": { scan: scanJpeg, toInsertion: (packet) => ({ packet: toJpegXmp(packet), before: "others" }) },
  "image/png": { scan: scanPng, toInsertion: (packet) => ({ packet: toPngXmp(packet), before: "others" }) },
  "image/webp": { scan: scanWebp, toInsertion: toWebpXmp },
};

/** The format of a type; `undefined` for any other than png, jpeg and webp. */
export function findImageFormat({ contentType }: ImageType): ImageFormat | undefined {
  return formats[contentType];
}
