import type { ImageRecord } from "../runs/run.ts";

/** A staged image, in memory or where a sink keeps it. As JSON it is its record. */
export class StagedImage implements ImageRecord {
  /** By its bytes: `image/jpeg`, `image/png`, `image/webp` or `image/gif`. */
  declare readonly contentType: string;
  declare readonly byteLength: number;
  /** SHA-256 of the bytes, in hex. */
  declare readonly sha256: string;
  declare readonly imageDataSha256: string | null;
  declare readonly perceptualHash: string | null;
  /** Where a sink keeps it; `null` while only you have it. */
  declare readonly location: string | null;
  readonly #read: () => Promise<Uint8Array<ArrayBuffer>>;

  constructor(record: ImageRecord, source: Uint8Array<ArrayBuffer> | (() => Promise<Uint8Array<ArrayBuffer>>)) {
    Object.assign(this, record);
    this.#read = typeof source === "function" ? source : async () => source.slice();
  }

  /**
   * The image's bytes: a copy of your own, from memory or read back from the sink.
   * @throws {SinkError} when the sink does not give back what it was given.
   */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#read();
  }

  /**
   * Writes the image to a local file. The bytes are as they came home, whatever the file's ending.
   * @throws {SinkError} as `bytes` does.
   */
  async save(path: string): Promise<void> {
    const { writeFile } = await import("node:fs/promises");
    await writeFile(path, await this.#read());
  }
}
