import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { OutputError } from "./output-error.ts";

/** A text, and where it goes. */
export interface TextFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Writes files, and the directories above them. Where one exists and is not to be overwritten, none is written.
 * @throws {OutputError}
 */
export async function writeFiles(files: readonly TextFile[], force = false): Promise<void> {
  for (const { path } of force ? [] : files) {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) throw new OutputError(`${path} exists. --force overwrites it`);
  }
  for (const { path, content } of files) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content, { flag: force ? "w" : "wx" });
    } catch (cause) {
      throw new OutputError(`${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`, { cause });
    }
  }
}
