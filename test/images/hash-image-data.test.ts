import { createHash } from "node:crypto";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { hashImageData } from "../../src/images/hash-image-data.ts";
import { writeProvenance } from "../../src/images/write-provenance.ts";
import { decode, pictures } from "./pictures.ts";
import { stripMetadata } from "./strip-metadata.ts";

const provenance = { digitalSourceType: "compositeWithTrainedAlgorithmicMedia", description: "Virtually staged", runId: "run_01" } as const;

describe.each(pictures)("hashImageData: %s", (_, picture) => {
  it("is the same with provenance, without it, and without any metadata", async () => {
    const written = writeProvenance(picture, provenance);
    const stripped = stripMetadata(written);
    expect(stripped.length).toBeLessThan(written.length);
    expect((await decode(stripped)).pixels.equals((await decode(picture)).pixels)).toBe(true);
    const hash = await hashImageData(picture);
    expect(hash).toMatch(/^[\da-f]{64}$/);
    expect(await hashImageData(written)).toBe(hash);
    expect(await hashImageData(stripped)).toBe(hash);
    expect(await hashImageData(stripMetadata(picture))).toBe(hash);
    expect(await hashImageData(writeProvenance(stripped, provenance))).toBe(hash);
    expect(await hashImageData(Buffer.concat([picture, Buffer.from("behind the end")]))).toBe(hash);
  });

  it("is another for other pixels", async () => {
    const hash = await hashImageData(picture);
    const stripped = stripMetadata(picture);
    const lastPixels = stripped.length - 20;
    const changed = Uint8Array.from(stripped, (byte, at) => (at === lastPixels ? byte ^ 0x01 : byte));
    expect(await hashImageData(changed)).not.toBe(hash);
  });
});

it("tells all these pictures apart", async () => {
  const hashes = await Promise.all(pictures.map(async ([name, picture]) => [name, await hashImageData(picture)] as const));
  const sameAsAnother = hashes.filter(([name, hash]) => hashes.some(([other, otherHash]) => other !== name && otherHash === hash));
  // These differ in their metadata alone.
  expect(sameAsAnother.map(([name]) => name)).toEqual(["jpeg, baseline", "jpeg, turned by EXIF"]);
});

it("is another for the same picture encoded anew", async () => {
  const [, jpeg = new Uint8Array()] = pictures.find(([name]) => name === "jpeg, baseline") ?? [];
  expect(await hashImageData(await sharp(jpeg).jpeg({ quality: 90 }).toBuffer())).not.toBe(await hashImageData(jpeg));
});

it("does not mind how a png's pixels are dealt out to chunks, or fill bytes in a jpeg", async () => {
  const png = Buffer.from(pictures.find(([name]) => name === "png, colour")?.[1] ?? []);
  const at = png.indexOf("IDAT") - 4;
  const length = png.readUInt32BE(at);
  const chunk = (from: number, to: number) => {
    const part = Buffer.concat([Buffer.alloc(4), Buffer.from("IDAT"), png.subarray(at + 8 + from, at + 8 + to), Buffer.alloc(4)]);
    part.writeUInt32BE(to - from);
    return part;
  };
  const dealt = Buffer.concat([png.subarray(0, at), chunk(0, 100), chunk(100, length), png.subarray(at + 12 + length)]);
  expect(await hashImageData(dealt)).toBe(await hashImageData(png));
  const jpeg = Buffer.from(pictures.find(([name]) => name === "jpeg, progressive")?.[1] ?? []);
  const filled = jpeg.toString("latin1").replaceAll("\xff\xc4", "\xff\xff\xff\xc4");
  expect(filled.length).toBeGreaterThan(jpeg.length);
  expect(await hashImageData(Buffer.from(filled, "latin1"))).toBe(await hashImageData(jpeg));
});

it("does not mind metadata of any kind, anywhere that the format has room for them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...pictures),
      fc.uint8Array({ maxLength: 300 }),
      fc.nat({ max: 8 }),
      async ([name, picture], data, place) => {
        const changed = name.startsWith("png")
          ? addPngChunk(picture, "tEXt", data, place)
          : name.startsWith("jpeg")
            ? addJpegNote(picture, data, place)
            : addWebpChunk(picture, data);
        expect(await hashImageData(changed)).toBe(await hashImageData(picture));
        expect(await hashImageData(writeProvenance(changed, provenance))).toBe(await hashImageData(picture));
      },
    ),
    { numRuns: 300 },
  );
});

it("is another for a png with another moving picture", async () => {
  const [, picture = new Uint8Array()] = pictures.find(([name]) => name === "png, colour") ?? [];
  const hashes = await Promise.all(
    ["acTL", "fcTL", "fdAT", "PLTE", "tRNS"].map((kind) => hashImageData(addPngChunk(picture, kind, Buffer.from("abc"), 0))),
  );
  expect(new Set([...hashes, await hashImageData(picture)]).size).toBe(6);
});

it("is another for a webp with another transparency", async () => {
  const webp = Buffer.from(pictures.find(([name]) => name === "webp, lossy with alpha")?.[1] ?? []);
  const hash = await hashImageData(webp);
  const at = webp.indexOf("ALPH") + 20;
  webp.writeUInt8(webp.readUInt8(at) ^ 1, at);
  expect(at).toBeGreaterThan(30);
  expect(await hashImageData(webp)).not.toBe(hash);
});

it("is the SHA-256 of all bytes for anything else", async () => {
  const gif = await sharp({ create: { width: 2, height: 2, channels: 3, background: "red" } })
    .gif()
    .toBuffer();
  for (const bytes of [gif, new Uint8Array(0), Buffer.from("no image"), (pictures[0]?.[1] ?? gif).subarray(0, 200)]) {
    expect(await hashImageData(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});

function addPngChunk(picture: Uint8Array, kind: string, data: Uint8Array, place: number): Uint8Array {
  const bytes = Buffer.from(picture);
  let at = 33;
  for (let step = 0; step < place && bytes.toString("latin1", at + 4, at + 8) !== "IEND"; step++) at += 12 + bytes.readUInt32BE(at);
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(kind), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length);
  return Buffer.concat([bytes.subarray(0, at), chunk, bytes.subarray(at)]);
}

function addJpegNote(picture: Uint8Array, data: Uint8Array, place: number): Uint8Array {
  const bytes = Buffer.from(picture);
  let at = 2;
  for (let step = 0; step < place && bytes[at + 1] !== 0xda; step++) at += 2 + bytes.readUInt16BE(at + 2);
  const segment = Buffer.concat([Buffer.from([0xff, place % 2 ? 0xfe : 0xe0 + place, 0, 0]), data]);
  segment.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([bytes.subarray(0, at), segment, bytes.subarray(at)]);
}

function addWebpChunk(picture: Uint8Array, data: Uint8Array): Uint8Array {
  const chunk = Buffer.concat([Buffer.from("note"), Buffer.alloc(4), data, Buffer.alloc(data.length % 2)]);
  chunk.writeUInt32LE(data.length, 4);
  const file = Buffer.concat([picture, chunk]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}
