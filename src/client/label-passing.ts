import type { ProvenanceWriter } from "../images/create-provenance-writer.ts";
import type { OpenImage } from "../replicate/outputs.ts";

type Passing = Pick<OpenImage, "byteLength" | "read">;

/**
 * An image that gets its label while it is read; opened up to where it is known how long it will be.
 * @throws what `read` throws, and `needsWhole` where the label can be written only to the whole image: here, or while it is read.
 */
export async function labelPassing({ byteLength, read }: Passing, writer: ProvenanceWriter, needsWhole: Error): Promise<Passing> {
  let isOver = false;
  // The last piece waits until the file is known to be whole: no sink shall have all of an image that is put once more.
  let held: Uint8Array<ArrayBuffer> | undefined;
  async function readLabelled(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (!isOver) {
      const piece = await read();
      isOver = piece === undefined;
      const labelled = writer.write(piece);
      if (labelled === undefined) throw needsWhole;
      if (labelled.length === 0) continue;
      const before = held;
      held = labelled;
      if (before) return before;
    }
    const last = held;
    held = undefined;
    return last;
  }
  // Nothing comes before it is known what is added.
  const first = [await readLabelled()];
  return {
    byteLength: byteLength === undefined ? undefined : byteLength + (writer.addedBytes ?? 0),
    read: async () => first.shift() ?? readLabelled(),
  };
}
