import type { ImageRecord } from "../runs/run.ts";

/** A staged image, in memory. As JSON it is its record. */
export class StagedImage implements ImageRecord {
  /** By its bytes: `image/jpeg`, `image/png`, `image/webp` or `image/gif`. */
  declare readonly contentType: string;
  declare readonly byteLength: number;
  /** SHA-256 of the bytes, in hex. */
  declare readonly sha256: string;
  /** Where a sink keeps it; `null` while only you have it. */
  declare readonly location: string | null;
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(record: ImageRecord, bytes: Uint8Array<ArrayBuffer>) {
    Object.assign(this, record);
    this.#bytes = bytes;
  }

  /** The image's bytes: a copy of your own. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bytes.slice();
  }

  /** Writes the image to a local file. The bytes are as the model made them, whatever the file's ending. */
  async save(path: string): Promise<void> {
    const { writeFile } = await import("node:fs/promises");
    await writeFile(path, this.#bytes);
  }
}
