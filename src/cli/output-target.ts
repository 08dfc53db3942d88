import { constants } from "node:fs";
import { access, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import type { StagedImage } from "../client/staged-image.ts";
import { detectImageType } from "../replicate/image-type.ts";
import { OutputError } from "./output-error.ts";

/** Where staged images go. */
export interface OutputTarget {
  /** The path without its ending. */
  readonly stem: string;
  /** The ending that was asked for, with its dot; `""`: by the bytes. */
  readonly ending: string;
}

/** What a target is written with. */
export interface OutputOptions {
  /** Whether an existing file is overwritten. */
  readonly force: boolean;
}

/** The target of `--out`: a file, or a directory (one that exists, or that ends with a slash), or by default the current one. */
export async function toOutputTarget(out: string | undefined, photoName: string): Promise<OutputTarget> {
  const isDirectory = out === undefined || /[/\\]$/.test(out) || (await stat(out).catch(() => undefined))?.isDirectory();
  if (isDirectory) return { stem: join(out ?? "", `${photoName}-staged`), ending: "" };
  const ending = extname(out);
  return { stem: ending === "" ? out : out.slice(0, -ending.length), ending };
}

/**
 * Makes the target's directory and refuses what could not be written later: before anything is paid for. `expectedEnding` is the one that
 * the model will give, where it is known.
 * @throws {OutputError}
 */
export async function prepareTarget(
  target: OutputTarget,
  expectedEnding: string | undefined,
  count: number,
  { force }: OutputOptions,
): Promise<void> {
  const directory = dirname(target.stem);
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (cause) {
    throw new OutputError(`The directory ${directory} cannot be written to (${(cause as NodeJS.ErrnoException).code})`, { cause });
  }
  if (force) return;
  const endings = [target.ending || expectedEnding || [".webp", ".png", ".jpg", ".gif"]].flat();
  for (const ending of endings) {
    const paths = Array.from({ length: count }, (_, index) => toPath(target.stem, index, count, ending));
    for (const path of new Set([`${target.stem}${ending}`, ...paths])) {
      const exists = await access(path).then(
        () => true,
        () => false,
      );
      if (exists) throw new OutputError(`${path} exists. --force overwrites it, --out names another place`);
    }
  }
}

/**
 * Writes the images, several of them numbered, and gives their paths. A file that appeared since `prepareTarget` is left alone: the image
 * is paid for, so it gets a free name instead.
 * @throws {OutputError} naming where the images can still be fetched.
 */
export async function writeImages(
  images: readonly StagedImage[],
  target: OutputTarget,
  { force }: OutputOptions,
  urls: readonly string[] = [],
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const [index, image] of images.entries()) {
    const bytes = await image.bytes();
    const ending = target.ending || `.${detectImageType(bytes)?.extension ?? "img"}`;
    paths.push(await writeFree(toPath(target.stem, index, images.length, ending), bytes, force, urls[index]));
  }
  return paths;
}

async function writeFree(path: string, bytes: Uint8Array, force: boolean, url: string | undefined): Promise<string> {
  const ending = extname(path);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : `${path.slice(0, path.length - ending.length)}-${number}${ending}`;
    try {
      await writeFile(candidate, bytes, { flag: force ? "w" : "wx" });
      return candidate;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === "EEXIST") continue;
      const still = url === undefined ? "" : `. The image is paid for and stays at ${url} for an hour`;
      throw new OutputError(`${candidate} cannot be written (${code})${still}`, { billed: "yes", cause });
    }
  }
}

function toPath(stem: string, index: number, count: number, ending: string): string {
  return `${stem}${count > 1 ? `-${index + 1}` : ""}${ending}`;
}
