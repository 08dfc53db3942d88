import { concatenate } from "../basics/concatenate.ts";
import { ImageDownloadError } from "../errors/image-download-error.ts";
import { detectImageType, type ImageType, matchStart } from "./image-type.ts";
import type { Output } from "./open-output.ts";

/** How many pixels an image may have, and who counts them. */
export interface PixelLimit {
  readonly maximumImagePixels: number;
  /** The size in pixels that the first bytes of an image tell; `undefined` where they do not. */
  readonly readImageSize: (bytes: Uint8Array<ArrayBuffer>) => { readonly width: number; readonly height: number } | undefined;
}

// Where the size stands in pixels is up to what a camera or a program wrote before it: previews, colour profiles.
const [firstHeadBytes, maximumHeadBytes] = [16_384, 4_194_304];

/**
 * Reads as much of an output as tells its type and its size in pixels.
 * @throws {ImageDownloadError} for a broken download, bytes that are no image, and too many pixels.
 */
export async function readHead(
  { read }: Output,
  { maximumImagePixels, readImageSize }: PixelLimit,
): Promise<{ readonly head: Uint8Array<ArrayBuffer>[]; readonly type: ImageType }> {
  const head: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let wantedBytes = firstHeadBytes; ; wantedBytes *= 4) {
    let isOver = false;
    while (!isOver && length < wantedBytes) {
      const chunk = await read();
      if (chunk) length += head.push(chunk) && chunk.length;
      else isOver = true;
    }
    const bytes = concatenate(head);
    const type = detectImageType(bytes);
    if (type === undefined) throw new ImageDownloadError(toStrangeness(bytes), { retryable: false });
    const size = readImageSize(bytes);
    if (size && size.width * size.height > maximumImagePixels) {
      throw new ImageDownloadError(`it has ${size.width} x ${size.height} pixels, more than ${maximumImagePixels}`, { retryable: false });
    }
    // An image that is whole and tells no size is one that nobody can blow up.
    if (size || isOver) return { head, type };
    if (length >= maximumHeadBytes) throw new ImageDownloadError("it does not tell its size in pixels", { retryable: false });
  }
}

// What comes instead of images, most often from something between here and Replicate.
const strangers: readonly (readonly [name: string, start: RegExp])[] = [
  ["nothing", /^$/],
  ["an HTML page", /^\W{0,9}<(!doctype html|html|head|body)/i],
  ["an SVG", /^\W{0,9}<(svg|\?xml[^>]*>\s*<svg)/i],
  ["XML", /^\W{0,9}<\?xml/i],
  ["JSON", /^\s*[{[]/],
  ["a PDF", /^%PDF/],
];

function toStrangeness(bytes: Uint8Array): string {
  const stranger = matchStart(bytes, strangers);
  return stranger ? `${stranger} came instead of an image` : "the bytes are no jpeg, png, webp or gif";
}
