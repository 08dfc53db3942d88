import type { PublishedInput } from "../../model/published-input.ts";
import { isReplicateOrigin, type Site } from "./site.ts";
import { type FileStore, fileExists, type StoredFile } from "./stored-file.ts";

/** Where a prediction's photo comes from. */
export type PhotoSource =
  | { readonly kind: "file"; readonly file: StoredFile | undefined }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "address"; readonly url: URL };

/** The photos of an input, found by the key that the model publishes. */
export function toPhotoSources(
  { image }: PublishedInput,
  input: Readonly<Record<string, unknown>>,
  files: FileStore,
  now: number,
  site: Site,
): readonly PhotoSource[] {
  const value = image === null ? undefined : input[image.key];
  const addresses = (Array.isArray(value) ? value : [value]).filter((address) => typeof address === "string" && URL.canParse(address));
  return addresses.map((address) => toPhotoSource(new URL(address), files, now, site));
}

function toPhotoSource(url: URL, files: FileStore, now: number, site: Site): PhotoSource {
  if (url.protocol === "data:") return { kind: "bytes", bytes: readDataUrl(url.href) };
  const id = /^\/v1\/files\/([^/]+)(?:\/download)?$/.exec(url.pathname)?.[1];
  const file = id === undefined ? undefined : files.get(id, now);
  const isOurs = url.origin === new URL(site.api).origin || isReplicateOrigin(url.origin);
  if (file !== undefined || (id !== undefined && isOurs)) return { kind: "file", file };
  return { kind: "address", url };
}

function readDataUrl(url: string): Uint8Array {
  const [head = "", data = ""] = url.split(/,(.*)/s);
  try {
    return Buffer.from(decodeURIComponent(data), /;\s*base64$/i.test(head) ? "base64" : "utf8");
  } catch {
    // Not decodable, so no image: the prediction fails by that.
    return new Uint8Array();
  }
}

/** Why a model cannot work on a photo that it reads at this moment, in milliseconds since 1970; `undefined` when it can. */
export function photoProblem(photo: PhotoSource, at: number): string | undefined {
  if (photo.kind === "address") return undefined;
  if (photo.kind === "file" && (photo.file === undefined || !fileExists(photo.file, at))) {
    return "404 Client Error: Not Found for url: the input file does not exist or was deleted.";
  }
  const bytes = photo.kind === "bytes" ? photo.bytes : photo.file?.bytes;
  return bytes !== undefined && isImage(bytes) ? undefined : "cannot identify image file: the input must be jpeg, png, gif or webp.";
}

function isImage(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return /^(\xff\xd8\xff|\x89PNG|GIF8|RIFF.{4}WEBP)/s.test(head);
}
