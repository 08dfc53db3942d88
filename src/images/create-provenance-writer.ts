import { countBytes } from "../basics/count-bytes.ts";
import { createHash } from "../basics/create-hash.ts";
import { joinViews } from "../basics/join-views.ts";
import { countReplaced, createEdit, isReplaced } from "./create-edit.ts";
import { createInput } from "./create-input.ts";
import type { ImageFormat } from "./find-image-format.ts";
import type { ImageScan, ImageSpan } from "./image-span.ts";
import type { Provenance } from "./provenance.ts";
import { toXmpPacket } from "./to-xmp-packet.ts";

type Pieces = readonly Uint8Array<ArrayBuffer>[];

/** Writes into an image what `writeProvenance` does, while it passes. */
export interface ProvenanceWriter {
  /**
   * Takes the next bytes, none behind the last ones; gives those that can be passed on, in memory that nobody else needs. `undefined` where
   * only the whole file tells what to write, since it is broken or has metadata behind its pixels: nothing more can be made of it here.
   */
  write(piece?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined;
  /** By how many bytes the image grows; absent until its pixels begin. */
  readonly addedBytes: number | undefined;
  /** Behind the last bytes, what `hashImageData` gives for it. */
  hashImageData(): Promise<string>;
}

// What a format wants to see of a file's beginning.
const startBytes = 64;

// Colour profile, EXIF and whatever else stands before the pixels is held back until it is known what becomes of it.
const [maximumHeadBytes, maximumHeadSpans] = [4_194_304, 200_000];

/**
 * Begins to write.
 * @throws {RangeError} The provenance takes more than 65,502 bytes as XMP.
 */
export function createProvenanceWriter(format: ImageFormat, provenance: Provenance): ProvenanceWriter {
  const packet = toXmpPacket(provenance);
  const input = createInput();
  const hash = createHash();
  const head: ImageSpan[] = [];
  let [start, headBytes] = [new Uint8Array(), 0];
  let passOn: ((span: ImageSpan) => Pieces | undefined) | undefined;
  let addedBytes: number | undefined;
  const scan = (function* (): ImageScan {
    start = new Uint8Array((yield* input.peek(startBytes)).subarray(0, startBytes));
    return yield* format.scan(input);
  })();

  function take(span: ImageSpan): Pieces | undefined {
    if (span.isImageData) hash.update(span.bytes);
    if (passOn) return passOn(span);
    head.push(span);
    headBytes += span.bytes.length;
    if (span.role === "pixels") return beginPixels();
    return headBytes <= maximumHeadBytes && head.length <= maximumHeadSpans ? [] : undefined;
  }

  function beginPixels(): Pieces {
    const isSigned = head.some(({ role }) => role === "credentials");
    const insertion = isSigned ? undefined : format.toInsertion(packet, start, countReplaced(head));
    const edit = insertion ? createEdit(insertion) : ({ bytes }: ImageSpan) => [bytes];
    const pieces = head.flatMap(edit);
    addedBytes = countBytes(pieces) - headBytes + (insertion?.before === "end" ? insertion.packet.length : 0);
    passOn = insertion ? (span) => (isReplaced(span) || span.role === "credentials" ? undefined : edit(span)) : edit;
    head.length = 0;
    return pieces;
  }

  return {
    write(piece) {
      if (piece) input.push(piece);
      else input.end();
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for (;;) {
        const { done, value } = scan.next();
        if (value instanceof Object) {
          const taken = take(value);
          if (taken === undefined) return undefined;
          for (const bytes of taken) pieces.push(bytes);
        } else if (done && !value) {
          return undefined;
        } else {
          input.letGo();
          return joinViews(pieces);
        }
      }
    },
    get addedBytes() {
      return addedBytes;
    },
    hashImageData: hash.digest,
  };
}
