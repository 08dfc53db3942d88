import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readImageSize } from "../../src/images/read-image-size.ts";
import { pictureSize, pictures } from "./pictures.ts";

const gif = new Uint8Array(
  await sharp({ create: { ...pictureSize, channels: 3, background: "red" } })
    .gif()
    .toBuffer(),
);
const find = (name: string) => pictures.find(([other]) => other === name)?.[1] ?? new Uint8Array();

describe("readImageSize", () => {
  it.each([...pictures, ["gif", gif] as const])("reads it: %s", (_, picture) => {
    expect(readImageSize(picture)).toEqual(pictureSize);
  });

  it.each([...pictures, ["gif", gif] as const])("tells it as soon as the bytes do, and before that nothing: %s", (_, picture) => {
    const sizes = Array.from({ length: picture.length + 1 }, (_none, length) => readImageSize(picture.subarray(0, length)));
    const first = sizes.findIndex((size) => size !== undefined);
    expect(first).toBeGreaterThan(8);
    for (const size of sizes.slice(first)) expect(size).toEqual(pictureSize);
  });

  it.each([
    [16_383, 1],
    [1, 16_383],
    [9_001, 3],
  ])("reads sides of many bits: %i x %i", async (width, height) => {
    const image = sharp({ create: { width, height, channels: 3, background: "blue" } });
    for (const file of [image.png(), image.jpeg(), image.webp(), image.webp({ lossless: true }), image.gif()]) {
      expect(readImageSize(await file.toBuffer())).toEqual({ width, height });
    }
  });

  it("tells a bomb without decoding it", () => {
    const bomb = Buffer.from(find("png, colour"));
    bomb.writeUInt32BE(0x7fffffff, 16).toString();
    expect(readImageSize(bomb)).toEqual({ width: 0x7fffffff, height: 43 });
    const film = Buffer.from(find("webp, animated"));
    film.writeUIntLE(0xffffff, 24, 3);
    expect(readImageSize(film)).toEqual({ width: 0x1000000, height: 43 });
  });

  it("finds the frame of a jpeg behind stray bytes, as decoders do", async () => {
    const jpeg = find("jpeg with EXIF, ICC and XMP");
    const stray = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0, 7, 0xff, 0, 0xff, 0x01, 3]), jpeg.subarray(2)]);
    // Stray bytes must not begin the file itself, by which its type is told.
    const hidden = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 2]), stray.subarray(2)]);
    const { width, height } = await sharp(hidden, { failOn: "none" }).metadata();
    expect({ width, height }).toEqual(pictureSize);
    expect(readImageSize(hidden)).toEqual(pictureSize);
  });

  it("takes no hint of a webp for scaling as part of its size", () => {
    const webp = Buffer.from(find("webp, lossy"));
    for (const at of [27, 29]) webp.writeUInt8(webp.readUInt8(at) | 0xc0, at);
    expect(readImageSize(webp)).toEqual(pictureSize);
  });

  it("counts the first picture of a gif where it reaches beyond the screen", () => {
    const shrunk = Buffer.from(gif);
    shrunk.writeUInt16LE(1, 6);
    shrunk.writeUInt16LE(1, 8);
    expect(readImageSize(shrunk)).toEqual(pictureSize);
  });

  it("tells none of what is no image, or one without pixels", () => {
    const flat = Buffer.from(find("png, colour"));
    flat.writeUInt32BE(0, 20);
    const [pdf, svg, text] = ["%PDF-1.7", '<svg width="9" height="9"/>', "\xff\xd8\xff\xd9"].map((word) => Buffer.from(word, "latin1"));
    for (const bytes of [flat, pdf, svg, text, new Uint8Array(0)]) expect(readImageSize(bytes ?? flat)).toBeUndefined();
  });
});

it("is tried on pictures that are what they are called", async () => {
  const facts = Object.fromEntries(
    await Promise.all(pictures.map(async ([name, picture]) => [name, await sharp(picture).metadata()] as const)),
  );
  expect(facts["png, 16 bits"]).toMatchObject({ depth: "ushort" });
  expect(facts["png, palette with transparency"]).toMatchObject({ isPalette: true, hasAlpha: true });
  expect(facts["png, interlaced"]).toMatchObject({ isProgressive: true });
  expect(facts["png, grey and alpha"]).toMatchObject({ channels: 2, hasAlpha: true });
  expect(facts["jpeg, progressive"]).toMatchObject({ isProgressive: true });
  expect(facts["jpeg, four inks"]).toMatchObject({ space: "cmyk" });
  expect(facts["jpeg, turned by EXIF"]).toMatchObject({ orientation: 6 });
  expect(facts["webp, animated"]).toMatchObject({ pages: 3, delay: [30, 40, 50] });
  for (const [name, { exif, icc, xmp, hasAlpha }] of Object.entries(facts)) {
    if (name.includes("ICC")) expect([exif, icc, xmp].every(Buffer.isBuffer)).toBe(true);
    expect(hasAlpha).toBe(/alpha|transparency|interlaced|animated/.test(name));
  }
});
