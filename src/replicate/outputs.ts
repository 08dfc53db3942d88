import { concatenate } from "../basics/concatenate.ts";
import type { ImageType } from "./image-type.ts";
import { type ConnectionOptions, type Output, openOutput } from "./open-output.ts";
import { type PixelLimit, readHead } from "./read-head.ts";

/** How a finished image is brought home. */
export interface DownloadOptions extends ConnectionOptions, PixelLimit {}

/** An output that is known to be an image, whose bytes are on their way. It must be closed. */
export interface OpenImage extends Output {
  /** By its bytes. */
  readonly type: ImageType;
}

/** A finished image, typed by its bytes. */
export interface DownloadedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: ImageType;
}

/**
 * Opens one output, and reads as much of it as tells its type and its size in pixels.
 * @throws {ImageDownloadError} for an address that is none of Replicate's, a broken download, too many bytes or pixels, or bytes that are no image.
 */
export async function openImage(address: string, options: DownloadOptions): Promise<OpenImage> {
  const output = await openOutput(address, options);
  try {
    const { head, type } = await readHead(output, options);
    const read = async () => head.shift() ?? output.read();
    return { ...output, type, read };
  } catch (error) {
    output.close();
    throw error;
  }
}

/**
 * Brings one output home.
 * @throws {ImageDownloadError} for an address that is none of Replicate's, a broken download, too many bytes or pixels, or bytes that are no image.
 */
export async function downloadImage(address: string, options: DownloadOptions): Promise<DownloadedImage> {
  const { type, byteLength, read, close } = await openImage(address, options);
  try {
    return { bytes: byteLength === undefined ? await readAll(read) : await readInto(new Uint8Array(byteLength), read), type };
  } finally {
    close();
  }
}

async function readAll(read: Output["read"]): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let chunk = await read(); chunk; chunk = await read()) chunks.push(chunk);
  return concatenate(chunks);
}

/** Into memory that is just large enough: other bytes than these end in an error. */
async function readInto(bytes: Uint8Array<ArrayBuffer>, read: Output["read"]): Promise<Uint8Array<ArrayBuffer>> {
  let length = 0;
  for (let chunk = await read(); chunk; chunk = await read()) {
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes;
}
