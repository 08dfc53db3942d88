import { isSafeUrl } from "../basics/is-safe-url.ts";
import { InvalidImageError } from "../errors/invalid-image-error.ts";
import { maximumFileBytes } from "../replicate/files.ts";
import { detectImageType, type ImageType } from "../replicate/image-type.ts";
import type { PhotoRecord } from "../runs/run.ts";
import { sha256 } from "./sha256.ts";

/**
 * A photo: an https or data URL, a Blob or File, its bytes, or `{ path }` of a local file. A string is never taken for a path, so
 * that a user's text cannot read local files.
 */
export type ImageSource = string | Blob | Uint8Array | ArrayBuffer | { readonly path: string };

/** A photo that was looked at: an address that is passed on unread, or bytes that are known to be an image. */
export type Photo =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer>; readonly type: ImageType; readonly sha256: string };

/**
 * Looks at a photo before anything is sent. Bytes must start as jpeg, png, webp or gif (what Replicate's schemas name, 2026-04-23)
 * and be at most 100 MB.
 * @throws {InvalidImageError}
 */
export async function readPhoto(source: ImageSource): Promise<Photo> {
  if (typeof source === "string" && !source.startsWith("data:")) return { kind: "url", url: checkUrl(source) };
  const bytes = await readBytes(source);
  if (bytes.length === 0) throw new InvalidImageError("it is empty");
  if (bytes.length > maximumFileBytes) throw tooLarge(bytes.length);
  const type = detectImageType(bytes);
  if (type === undefined) throw new InvalidImageError(`its bytes are no jpeg, png, webp or gif${guess(bytes)}`);
  return { kind: "bytes", bytes, type, sha256: await sha256(bytes) };
}

/** The photo as the books keep it. */
export function toPhotoRecord(photo: Photo): PhotoRecord {
  if (photo.kind === "url") return { source: "url", contentType: null, byteLength: null, sha256: null };
  return { source: "bytes", contentType: photo.type.contentType, byteLength: photo.bytes.length, sha256: photo.sha256 };
}

function checkUrl(text: string): string {
  if (isSafeUrl(text)) return text;
  throw new InvalidImageError("a string must be an https or data URL; for a local file give { path }");
}

async function readBytes(source: ImageSource): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof source === "string") return readDataUrl(source);
  if (source instanceof Blob) {
    if (source.size > maximumFileBytes) throw tooLarge(source.size);
    return new Uint8Array(await source.arrayBuffer());
  }
  if (source instanceof ArrayBuffer) return new Uint8Array(source.slice());
  // Copied: the caller may use its buffer again while the photo is on its way.
  if (source instanceof Uint8Array) return new Uint8Array(source);
  if (typeof source === "object" && source !== null && typeof source.path === "string") return readFileBytes(source.path);
  throw new InvalidImageError("give an https or data URL, a Blob, bytes, or { path }");
}

async function readDataUrl(url: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^data:image\/[\w.+-]+;base64,/.test(url)) throw new InvalidImageError("a data URL must be data:image/…;base64,…");
  if (url.length * 0.75 > maximumFileBytes * 1.01) throw tooLarge(Math.floor(url.length * 0.75));
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
    const { size } = await stat(path);
    if (size > maximumFileBytes) throw tooLarge(size);
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (InvalidImageError.is(error)) throw error;
    const code = (error as { code?: string }).code ?? "unreadable";
    throw new InvalidImageError(`the file cannot be read (${code})`);
  }
}

function tooLarge(byteLength: number): InvalidImageError {
  return new InvalidImageError(
    `it has ${(byteLength / 1_000_000).toFixed(1)} MB; Replicate takes up to ${maximumFileBytes / 1_000_000} MB`,
  );
}

// The usual mistakes by name, since "no image" is hard to believe of a picture that opens.
const mistakes: readonly (readonly [name: string, start: RegExp])[] = [
  ["a PDF", /^\s*%PDF/],
  ["an SVG", /^\s*<(\?xml|svg|!doctype svg)/i],
  ["HEIC", /^.{4}ftyp(hei|mif1|msf1)/s],
  ["AVIF", /^.{4}ftypavif/s],
];

function guess(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 256));
  const [name] = mistakes.find(([, shape]) => shape.test(start)) ?? [];
  return name === undefined ? "" : `, but ${name}: export it as one of these`;
}
