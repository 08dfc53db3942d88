import { describe, expect, it } from "vitest";
import { readImageSize } from "../../src/images/read-image-size.ts";
import { readHead } from "../../src/replicate/read-head.ts";
import { rejection, tinyJpeg, tinyPng } from "./helpers.ts";

/** An output of these bytes, in pieces, which counts how many were read. */
function toOutput(bytes: Uint8Array<ArrayBuffer>, pieceBytes = 1_000) {
  let at = 0;
  const read = async () => {
    const piece = bytes.slice(at, at + pieceBytes);
    at += piece.length;
    return piece.length === 0 ? undefined : piece;
  };
  return { output: { byteLength: undefined, read, close: () => undefined }, wasRead: () => at };
}

/** A jpeg of this size, whose size stands behind so many bytes of other things. */
function toJpeg(width: number, height: number, bytesBefore: number): Uint8Array<ArrayBuffer> {
  const segments: Buffer[] = [];
  for (let left = bytesBefore; left > 0; left -= 65_000) {
    const content = Buffer.alloc(Math.min(left, 65_000));
    segments.push(Buffer.from([0xff, 0xe2, (content.length + 2) >> 8, (content.length + 2) & 255]), content);
  }
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  return Uint8Array.from(Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, frame, Buffer.alloc(5_000_000)]));
}

const limit = { maximumImagePixels: 1_000_000, readImageSize };

describe("the head of an image", () => {
  it.each([0, 10, 15_000, 65_000, 500_000, 3_000_000])(
    "tells the size of a jpeg behind %i other bytes, and no more is read",
    async (before) => {
      const { output, wasRead } = toOutput(toJpeg(1_000, 1_000, before));
      const { head, type } = await readHead(output, limit);
      expect(type.extension).toBe("jpg");
      expect(head.reduce((sum, { length }) => sum + length, 0)).toBe(wasRead());
      expect(wasRead()).toBeLessThan(16_384 + before * 4 + 1_000);
      const { output: bomb } = toOutput(toJpeg(1_000, 1_001, before));
      expect(await rejection(readHead(bomb, limit))).toMatchObject({
        code: "image_download",
        retryable: false,
        message: expect.stringContaining("1000 x 1001 pixels"),
      });
    },
  );

  it("is read for 4 MB at most", async () => {
    const { output, wasRead } = toOutput(toJpeg(1, 1, 6_000_000));
    expect(await rejection(readHead(output, limit))).toMatchObject({ message: expect.stringContaining("does not tell its size") });
    expect(wasRead()).toBeLessThan(4_200_000);
  });

  it.each([1, 7, 1_000])("is put together of pieces of %i bytes", async (pieceBytes) => {
    for (const image of [tinyPng, tinyJpeg]) {
      const { head } = await readHead(toOutput(image, pieceBytes).output, limit);
      expect(Buffer.concat(head).equals(image)).toBe(true);
    }
  });

  it.each([
    ["a png of 40,000 x 40,000", tinyPng, 16, [40_000, 40_000]],
    ["a png of 2 billion lines", tinyPng, 16, [1, 2_000_000_000]],
  ] as const)("refuses %s", async (_, image, at, sides) => {
    const bomb = Buffer.from(image);
    for (const [index, side] of sides.entries()) bomb.writeUInt32BE(side, at + index * 4);
    const { output } = toOutput(Uint8Array.from(bomb));
    expect(await rejection(readHead(output, limit))).toMatchObject({ code: "image_download", message: expect.stringContaining("pixels") });
  });
});
