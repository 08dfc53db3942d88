import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { hashImageData } from "../../src/images/hash-image-data.ts";
import { readImageSize } from "../../src/images/read-image-size.ts";
import { writeProvenance } from "../../src/images/write-provenance.ts";
import { damagedPicture } from "./damaged-picture.ts";
import { pictures } from "./pictures.ts";

const provenance = { digitalSourceType: "compositeWithTrainedAlgorithmicMedia", description: "Virtually staged", runId: "run_01" } as const;

// A matcher would go through thousands of files byte by byte.
const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** Nothing throws, nothing is changed in place, and what is written can be written again and holds the same picture. */
async function expectHandled(bytes: Uint8Array): Promise<Uint8Array> {
  const before = new Uint8Array(bytes);
  const size = readImageSize(bytes);
  if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
  const written = writeProvenance(bytes, provenance);
  const hash = await hashImageData(bytes);
  expect(isSame(bytes, before)).toBe(true);
  expect(isSame(writeProvenance(written, provenance), written)).toBe(true);
  expect(await hashImageData(written)).toBe(hash);
  expect(readImageSize(written)).toEqual(size);
  return written;
}

const decode = (bytes: Uint8Array) =>
  sharp(bytes, { pages: -1, failOn: "none", limitInputPixels: 1_000_000 })
    .raw()
    .toBuffer()
    .catch(() => undefined);

describe("damaged files", () => {
  it("are handled, whatever the damage", { timeout: 60_000 }, async () => {
    await fc.assert(
      // A Buffer's `slice` is a view, not a copy.
      fc.asyncProperty(damagedPicture, fc.boolean(), async (bytes, isBuffer) => {
        await expectHandled(isBuffer ? Buffer.from(bytes) : bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it("look the same afterwards to a decoder that forgives much", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(damagedPicture, async (bytes) => {
        const written = await expectHandled(bytes);
        if (written === bytes) return;
        const [seen, seenAfter] = [await decode(bytes), await decode(written)];
        if (seen) expect(seenAfter?.equals(seen)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("may be no image at all behind the first bytes", async () => {
    const starts = ["\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "RIFF\0\0\0\0WEBPVP8X", "RIFF\xff\xff\xff\xffWEBPVP8L", "GIF89a", ""];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), async (start, tail) => {
        await expectHandled(new Uint8Array(Buffer.concat([Buffer.from(start, "latin1"), tail])));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("files made to exhaust a reader", () => {
  const [png, jpeg] = ["png, colour", "jpeg, baseline"].map((name) =>
    Buffer.from(pictures.find(([other]) => other === name)?.[1] ?? []),
  ) as [Buffer, Buffer];
  const latin1 = (text: string) => Buffer.from(text, "latin1");
  const repeat = (text: string, bytes: number) => latin1(text.repeat(Math.ceil(bytes / text.length)));
  const riff = (chunks: Buffer) => {
    const file = Buffer.concat([latin1("RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\x10\0\0\x9d\x01\x2a\x02\0\x02\0"), chunks]);
    file.writeUInt32LE(file.length - 8, 4);
    return file;
  };
  const megabytes = 8_000_000;

  it.each<[string, Buffer]>([
    ["png of empty chunks", Buffer.concat([png.subarray(0, 33), repeat("\0\0\0\0tEXt\0\0\0\0", megabytes), png.subarray(33)])],
    ["png with a chunk of 4 GB", Buffer.concat([png.subarray(0, 33), latin1("\xff\xff\xff\xffIDAT")])],
    ["png that ends before its last chunk does", Buffer.concat([png.subarray(0, -12), latin1("\0\0\0\x09IEND1234567890")])],
    ["jpeg of empty comments", Buffer.concat([latin1("\xff\xd8"), repeat("\xff\xfe\0\x02", megabytes), jpeg.subarray(2)])],
    ["jpeg of comments that end before they begin", Buffer.concat([latin1("\xff\xd8"), repeat("\xff\xfe\0\0", megabytes)])],
    [
      "jpeg whose scan is shorter than its length",
      Buffer.from(jpeg.toString("latin1").replace("\xff\xda\0\x0c", "\xff\xda\0\0"), "latin1"),
    ],
    ["jpeg of fill bytes", Buffer.concat([latin1("\xff\xd8"), Buffer.alloc(megabytes, 0xff)])],
    ["jpeg of markers without data", Buffer.concat([latin1("\xff\xd8"), repeat("\xff\x01", megabytes)])],
    ["jpeg of empty scans", Buffer.concat([latin1("\xff\xd8"), repeat("\xff\xda\0\x02\0", megabytes)])],
    ["jpeg of one endless scan", Buffer.concat([latin1("\xff\xd8\xff\xda\0\x02"), repeat("\xff\0\xff\xd0\xff\xff\0", megabytes)])],
    ["webp of empty chunks", riff(repeat("note\0\0\0\0", megabytes))],
    ["webp with a chunk of 4 GB", riff(latin1("note\xff\xff\xff\xff"))],
    ["gif of empty extensions", Buffer.concat([latin1("GIF89a\x01\0\x01\0\0\0\0"), repeat("!\xfe\0", megabytes)])],
    ["gif of one endless extension", Buffer.concat([latin1("GIF89a\x01\0\x01\0\0\0\0!\xfe"), repeat("\x01\x01", megabytes)])],
  ])("is passed over: %s", async (_, bytes) => {
    expect(writeProvenance(bytes, provenance)).toBe(bytes);
    expect(() => readImageSize(bytes)).not.toThrow();
    expect(await hashImageData(bytes)).toMatch(/^[\da-f]{64}$/);
  });
});
