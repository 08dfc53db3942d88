import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatenate } from "../../src/basics/concatenate.ts";
import { createProvenanceWriter } from "../../src/images/create-provenance-writer.ts";
import { findImageFormat, type ImageFormat } from "../../src/images/find-image-format.ts";
import { hashImageData } from "../../src/images/hash-image-data.ts";
import { writeProvenance } from "../../src/images/write-provenance.ts";
import { detectImageType, type ImageType } from "../../src/replicate/image-type.ts";
import { damagedPicture } from "./damaged-picture.ts";
import { pictures } from "./pictures.ts";

const provenance = { digitalSourceType: "compositeWithTrainedAlgorithmicMedia", description: "Virtually staged", runId: "run_01" } as const;

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** As a `fetch` of somebody's own may give it: its `slice` is a view, not a copy. */
const toBuffer = (bytes: Uint8Array): Buffer<ArrayBuffer> => {
  const buffer = Buffer.from(new ArrayBuffer(bytes.length));
  buffer.set(bytes);
  return buffer;
};

interface Written {
  readonly bytes: Uint8Array;
  readonly addedBytes: number | undefined;
  readonly hash: string;
}

/**
 * The image written while it passes in pieces of these lengths, the last one over and over; `undefined` where the writer gives up. Whoever gets
 * a piece uses its memory for something else at once.
 */
async function writeInPieces(image: Uint8Array, lengths: readonly number[], toPiece = copy): Promise<Written | undefined> {
  const type = detectImageType(image);
  const format = type && findImageFormat(type);
  if (format === undefined) return undefined;
  const writer = createProvenanceWriter(format, provenance);
  const passed: Uint8Array[] = [];
  const pass = (piece?: Uint8Array<ArrayBuffer>) => {
    const written = writer.write(piece);
    if (written === undefined) return false;
    if (written.length > 0) expect(writer.addedBytes).toBeDefined();
    passed.push(copy(written));
    new Uint8Array(written.buffer).fill(0x55);
    return true;
  };
  for (let at = 0, turn = 0; at < image.length; turn++) {
    const piece = toPiece(image.subarray(at, at + (lengths[Math.min(turn, lengths.length - 1)] ?? image.length)));
    at += piece.length;
    if (!pass(piece)) return undefined;
  }
  if (!pass()) return undefined;
  return { bytes: concatenate(passed), addedBytes: writer.addedBytes, hash: await writer.hashImageData() };
}

const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3_000 })), { minLength: 1, maxLength: 12 });

describe.each(pictures)("createProvenanceWriter: %s", (_, picture) => {
  // A packet behind the pixels is found too late; all others have theirs before.
  const givesUp = Buffer.from(picture).includes("Somebody else") && detectImageType(picture)?.contentType === "image/webp";

  it.each([1, 2, 3, 7, 64, 1_000, 100_000])("writes in pieces of %i bytes what is written to the whole", async (length) => {
    const whole = writeProvenance(picture, provenance);
    const written = await writeInPieces(picture, [length]);
    if (givesUp) return expect(written).toBeUndefined();
    expect(Buffer.compare(written?.bytes ?? new Uint8Array(), whole)).toBe(0);
    expect(written?.addedBytes).toBe(whole.length - picture.length);
    expect(written?.hash).toBe(await hashImageData(picture));
  });

  it("takes pieces of any kind", async () => {
    if (givesUp) return;
    const written = await writeInPieces(picture, [50], toBuffer);
    expect(Buffer.compare(written?.bytes ?? new Uint8Array(), writeProvenance(picture, provenance))).toBe(0);
  });

  it("writes the same a second time", async () => {
    if (givesUp) return;
    const whole = writeProvenance(picture, provenance);
    const again = await writeInPieces(whole, [500]);
    // In a webp, the packet of the first time stands behind the pixels.
    if (detectImageType(picture)?.contentType === "image/webp") return expect(again).toBeUndefined();
    expect(Buffer.compare(again?.bytes ?? new Uint8Array(), whole)).toBe(0);
    expect(again?.addedBytes).toBe(0);
  });
});

it("writes to a damaged file what is written to the whole, or gives up", { timeout: 60_000 }, async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(damagedPicture, lengths, async (bytes, pieces) => {
      const result = await writeInPieces(bytes, pieces);
      if (result === undefined) return;
      written++;
      expect(Buffer.compare(result.bytes, writeProvenance(bytes, provenance))).toBe(0);
      expect(result.bytes.length).toBe(bytes.length + (result.addedBytes ?? Number.NaN));
      expect(result.hash).toBe(await hashImageData(bytes));
    }),
    { numRuns: 2_000 },
  );
  expect(written).toBeGreaterThan(300);
});

describe("where names and parts are odd", () => {
  const find = (name: string) => Buffer.from(pictures.find(([other]) => other === name)?.[1] ?? []);
  const [png, jpeg] = [find("png, colour"), find("jpeg, baseline")];
  const insert = (bytes: Buffer, at: number, ...parts: (Buffer | string)[]) =>
    Buffer.concat([bytes.subarray(0, at), ...parts.map((part) => Buffer.from(part as string, "latin1")), bytes.subarray(at)]);
  const padding = "a".repeat(200);
  const jpegOfNames = insert(jpeg, 2, `\xff\xfe\0\xca${padding}`, "\xff\xeb\0\x06abcd", "\xff\xfe\0\x0cwith c2pa!");
  const pngOfNames = insert(png, 33, `\0\0\0\xc8tEXt${padding}sums`, "\0\0\0\x11tEXtXML:com.adobe.xmp\0sum");

  it.each([
    ["jpeg", jpegOfNames],
    ["png", pngOfNames],
  ])("reads no name beyond the end of its part, wherever a piece ends: %s", async (_, image) => {
    const whole = writeProvenance(image, provenance);
    expect(whole.length).toBeGreaterThan(image.length);
    for (let cut = 1; cut < 400; cut++) {
      const written = await writeInPieces(image, [cut, image.length]);
      expect(Buffer.compare(written?.bytes ?? new Uint8Array(), whole)).toBe(0);
    }
  });

  it.each([
    ["png of 46,000 texts", insert(png, 33, "\0\0\0\0tEXtsums".repeat(46_000))],
    ["jpeg of 46,000 comments", insert(jpeg, 2, "\xff\xfe\0\x02".repeat(46_000))],
  ])("takes as many parts as are allowed: %s", async (_, image) => {
    const written = await writeInPieces(image, [16_384]);
    expect(Buffer.compare(written?.bytes ?? new Uint8Array(), writeProvenance(image, provenance))).toBe(0);
  });

  it.each([
    ["a jpeg's fill bytes", insert(jpeg, 2, "\xff".repeat(8_000_000))],
    ["a jpeg's fill bytes behind its pixels", insert(jpeg, jpeg.length - 2, "\xff".repeat(8_000_000))],
    ["a png's text", insert(png, 33, `\x00\x7a\x12\x00tEXt${"a".repeat(8_000_000)}sums`)],
    ["a png's many texts", insert(png, 33, "\0\0\0\0tEXtsums".repeat(600_000))],
  ])("holds no more than a head may have: %s", (_, image) => {
    const type = detectImageType(image);
    const writer = createProvenanceWriter(findImageFormat(type as ImageType) as ImageFormat, provenance);
    let taken = 0;
    for (; taken < image.length && writer.write(copy(image.subarray(taken, taken + 16_384))) !== undefined; ) taken += 16_384;
    expect(taken).toBeLessThan(5_000_000);
  });
});
