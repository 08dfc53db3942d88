import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { ImageSource } from "../client/read-photo.ts";
import { InvalidImageError } from "../errors/invalid-image-error.ts";

/** A photo as it was named on the command line. */
export interface PhotoArgument {
  readonly image: ImageSource;
  /** What its staged images are named after. */
  readonly name: string;
}

/**
 * The photo that a word names: a path, or an https or data URL.
 * @throws {InvalidImageError} when there is no such file.
 */
export async function readPhotoArgument(word: string): Promise<PhotoArgument> {
  if (word.startsWith("data:")) return { image: word, name: "photo" };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(word)) return { image: word, name: toName(URL.canParse(word) ? new URL(word).pathname : "") };
  const found = await stat(word).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw new InvalidImageError(found.code === "ENOENT" ? `there is no file ${word}` : `${word} cannot be read (${found.code})`);
  if (!found.isFile()) throw new InvalidImageError(`${word} is ${found.isDirectory() ? "a directory" : "no file"}; name one photo`);
  return { image: { path: word }, name: toName(word) };
}

// A name from a URL must not become a path, nor one that a shell stumbles over.
function toName(path: string): string {
  const name = basename(path, extname(path))
    .replace(/[^\p{L}\p{N}._ -]+/gu, "-")
    .replace(/^[-.]+|-+$/g, "");
  return name || "photo";
}
