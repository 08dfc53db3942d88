import { toFileError } from "./to-file-error.ts";

/**
 * Writes a file that is there whole or not at all: under another name, to the disk, and renamed at the end.
 * @throws {SinkError} when the file system refuses it.
 * @throws what the stream ends with.
 */
export async function writeWhole(folder: string, path: string, body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
  const { mkdir, open, rename, rm } = await import("node:fs/promises");
  const part = `${path}.${crypto.randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(part, "wx");
    try {
      for await (const chunk of body) await writeAll(file, chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw toFileError(error);
  }
  // So that a power cut does not take the new name with it. Windows and some network drives cannot, and need not.
  const directory = await open(folder, "r").catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}

// One write may take less than all, as when the disk is nearly full.
async function writeAll(file: { write(chunk: Uint8Array): Promise<{ readonly bytesWritten: number }> }, chunk: Uint8Array): Promise<void> {
  for (let rest = chunk; rest.length > 0; ) rest = rest.subarray((await file.write(rest)).bytesWritten);
}
