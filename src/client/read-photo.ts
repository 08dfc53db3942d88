import { isObject } from "../basics/is-object.ts";
import { isSafeUrl } from "../basics/is-safe-url.ts";
import { sha256 } from "../basics/sha256.ts";
import { InvalidImageError } from "../errors/invalid-image-error.ts";
import { maximumFileBytes } from "../replicate/files.ts";
import { detectImageType, matchStart } from "../replicate/image-type.ts";
import type { PhotoRecord } from "../runs/run.ts";

/**
 * A photo: an https or data URL, a Blob or File, its bytes, or `{ path }` of a local file. A string is never taken for a path, so
 * that a user's text cannot read local files.
 */
export type ImageSource = string | Blob | Uint8Array | ArrayBuffer | { readonly path: string };

/** A photo that was looked at, with how the books keep it: an address that is passed on unread, or bytes. */
export type Photo = { readonly url: string; readonly bytes?: undefined; readonly record: PhotoRecord } | ReadPhoto;

/** A photo whose bytes are known to be an image. */
export interface ReadPhoto {
  readonly url?: undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For a file's name. */
  readonly extension: string;
  readonly record: PhotoRecord & { readonly contentType: `image/${string}`; readonly byteLength: number; readonly sha256: string };
}

/**
 * Looks at a photo before anything is sent. Bytes must start as jpeg, png, webp or gif (what Replicate's schemas name, 2026-04-23)
 * and be at most 100 MB.
 * @throws {InvalidImageError}
 */
export async function readPhoto(source: ImageSource): Promise<Photo> {
  if (typeof source === "string" && isSafeUrl(source)) {
    return { url: source, record: { source: "url", contentType: null, byteLength: null, sha256: null, location: toPlainAddress(source) } };
  }
  const bytes = await readBytes(source);
  checkSize(bytes.length);
  const type = detectImageType(bytes);
  if (type === undefined) throw new InvalidImageError(`the bytes are no jpeg, png, webp or gif${guess(bytes)}`);
  const { contentType, extension } = type;
  return { bytes, extension, record: { source: "bytes", contentType, byteLength: bytes.length, sha256: await sha256(bytes) } };
}

// A query may hold what lets somebody in.
function toPlainAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

async function readBytes(source: ImageSource): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof source === "string" && source.startsWith("data:")) return readDataUrl(source);
  if (source instanceof Blob || source instanceof ArrayBuffer || source instanceof Uint8Array) {
    // A copy: the caller may use its buffer again while the photo is on its way.
    const copy = new Blob([source as BlobPart]);
    checkSize(copy.size);
    return new Uint8Array(await copy.arrayBuffer());
  }
  if (isObject(source) && typeof source.path === "string") return readFileBytes(source.path);
  throw new InvalidImageError("give an https or data URL, a Blob, bytes, or { path } for a local file");
}

async function readDataUrl(url: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^data:image\/[\w.+-]+;base64,/.test(url)) throw new InvalidImageError("give a data URL as data:image/…;base64,…");
  // The text is a third longer than its bytes, and may have some padding.
  checkSize(Math.floor((url.length * 3) / 4 / 1.01));
  try {
    return new Uint8Array(await (await fetch(url)).arrayBuffer());
  } catch {
    throw new InvalidImageError("the data URL is not valid base64");
  }
}

async function readFileBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded only here: edge runtimes that stage from URLs have no file system.
  const { readFile, stat } = await import("node:fs/promises");
  try {
    checkSize((await stat(path)).size);
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (InvalidImageError.is(error)) throw error;
    throw new InvalidImageError(`the file cannot be read (${(error as { code?: string }).code ?? "unreadable"})`);
  }
}

function checkSize(byteLength: number): void {
  if (byteLength === 0) throw new InvalidImageError("it is empty");
  if (byteLength > maximumFileBytes)
    throw new InvalidImageError(`it has ${(byteLength / 1e6).toFixed(1)} MB; Replicate takes up to 100 MB`);
}

// The usual mistakes by name, since "no image" is hard to believe of a picture that opens.
const mistakes: readonly (readonly [name: string, start: RegExp])[] = [
  ["a PDF", /^\s*%PDF/],
  ["an SVG", /^\s*<(\?xml|svg|!doctype svg)/i],
  ["HEIC", /^.{4}ftyp(hei|mif1|msf1)/s],
  ["AVIF", /^.{4}ftypavif/s],
];

function guess(bytes: Uint8Array): string {
  const mistake = matchStart(bytes, mistakes);
  return mistake ? `, but ${mistake}: export it as one of these` : "";
}
