import { randomUUID } from "node:crypto";
import { appendFileSync, closeSync, fstatSync, openSync, readSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FolderInUseError } from "./folder-in-use-error.ts";
import type { LockHolder } from "./lock-holder.ts";
import { identifyProcess, mayRun } from "./process-identity.ts";

/** A line of the lock file: somebody asks for the folder, or needs it no more. */
type Line = LockHolder | { readonly ended: string };

const maximumLines = 64;

/**
 * Takes a folder for this process alone, until the function that it gives is called or the process ends, however it ends.
 *
 * Everybody who asks adds a line to one file, and the order of the lines is the same for all: the folder belongs to the first line
 * whose process still runs and needs it. So of many that find a dead holder exactly one comes after it.
 * @throws {FolderInUseError} telling who has it.
 */
export function lockFolder(folder: string, command: string): () => void {
  const path = join(folder, "lock");
  const own: LockHolder = { id: randomUUID(), ...identifyProcess(), since: new Date().toISOString(), command };
  const end = () => appendFileSync(path, toText({ ended: own.id }));
  const lines = ask(path, own);
  const ended = new Set(lines.flatMap((line) => ("ended" in line ? line.ended : [])));
  const asking = lines.flatMap((line) => ("ended" in line || ended.has(line.id) ? [] : line));
  const holder = asking.find((line) => line.id === own.id || mayRun(line)) ?? own;
  if (holder.id !== own.id) {
    end();
    throw new FolderInUseError(folder, path, holder);
  }
  if (lines.length > maximumLines) startOver(path, own);
  return end;
}

/** Adds a line, and gives all of them. */
function ask(path: string, own: LockHolder): readonly Line[] {
  for (;;) {
    const file = openSync(path, "a+");
    try {
      // One write at the end of the file: the system lets no other come between.
      appendFileSync(file, toText(own));
      const { ino, size } = fstatSync(file, { bigint: true });
      const buffer = Buffer.alloc(Number(size));
      readSync(file, buffer, 0, buffer.length, 0);
      // Else a holder has started the file over meanwhile, and this line stands in the old one.
      if (statSync(path, { bigint: true, throwIfNoEntry: false })?.ino === ino) return buffer.toString().split("\n").flatMap(toLine);
    } finally {
      closeSync(file);
    }
  }
}

/** Replaces a file that has grown long. Only its holder may, and it keeps its own line. */
function startOver(path: string, own: LockHolder): void {
  try {
    writeFileSync(`${path}.new`, toText(own));
    renameSync(`${path}.new`, path);
  } catch {
    // Windows refuses while another process looks at the file; the next holder tries again.
  }
}

// Between line ends, so that a line that a full disk cut off spoils no other.
function toText(line: Line): string {
  return `\n${JSON.stringify(line)}\n`;
}

function toLine(text: string): Line | readonly [] {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return [];
  }
}
