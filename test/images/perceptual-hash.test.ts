import { execFile } from "node:child_process";
import { promisify } from "node:util";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { hammingDistance } from "../../src/images/hamming-distance.ts";
import { perceptualHash } from "../../src/images/perceptual-hash.ts";
import { drawStaged } from "../../src/testing/draw-staged.ts";
import { withoutPackage } from "../cli/storage/without-package.ts";

const rooms = ["living room", "bedroom", "kitchen", "home office", "dining room"];
const staged = await Promise.all(
  rooms.map((room, seed) =>
    drawStaged({ photo: null, prompt: `Furnish this empty ${room} in modern style`, seed, index: 0, format: "png", longestSidePx: 640 }),
  ),
);
const hashes = await Promise.all(staged.map((image) => perceptualHash(image)));

const copies: Readonly<Record<string, (image: Uint8Array) => Promise<Buffer>>> = {
  "a poor jpeg": (image) => sharp(image).jpeg({ quality: 30 }).toBuffer(),
  "a webp": (image) => sharp(image).webp().toBuffer(),
  "half the size": (image) => sharp(image).resize(320).jpeg().toBuffer(),
  "a thumbnail": (image) => sharp(image).resize(160).webp({ quality: 60 }).toBuffer(),
  "a brighter one": (image) => sharp(image).modulate({ brightness: 1.08 }).jpeg().toBuffer(),
};

describe("perceptualHash", () => {
  it("has 16 hex digits, the same every time", async () => {
    for (const [index, image] of staged.entries()) {
      expect(hashes[index]).toMatch(/^[\da-f]{16}$/);
      expect(await perceptualHash(image)).toBe(hashes[index]);
    }
  });

  it.each(Object.entries(copies))("finds the picture of a copy: %s", async (_, copy) => {
    for (const [index, image] of staged.entries()) {
      const hash = await perceptualHash(await copy(image));
      const distances = hashes.map((other) => hammingDistance(other, hash));
      expect(distances[index]).toBeLessThanOrEqual(6);
      for (const [other, distance] of distances.entries()) if (other !== index) expect(distance).toBeGreaterThan(distances[index] ?? 64);
    }
  });

  it("sees a picture upright, whatever EXIF had to turn", async () => {
    const [image = new Uint8Array()] = staged;
    const turned = await sharp(image).rotate(-90).withMetadata({ orientation: 6 }).png().toBuffer();
    expect(hammingDistance(await perceptualHash(turned), hashes[0] ?? "")).toBe(0);
    const stripped = await sharp(turned).png().toBuffer();
    expect(hammingDistance(await perceptualHash(stripped), hashes[0] ?? "")).toBeGreaterThan(10);
  });

  it("sees what is transparent on white", async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0 };
    const [image = new Uint8Array()] = staged;
    const padded = await sharp(image).extend({ left: 200, background }).png().toBuffer();
    const white = await sharp(image).extend({ left: 200, background: "#ffffff" }).jpeg().toBuffer();
    expect(hammingDistance(await perceptualHash(padded), await perceptualHash(white))).toBeLessThanOrEqual(2);
  });

  it("refuses a bomb, a broken file and other types", async () => {
    const bomb = await sharp({ create: { width: 4000, height: 1000, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    await expect(perceptualHash(bomb, { maximumPixels: 3_999_999 })).rejects.toMatchObject({ code: "invalid_image" });
    await expect(perceptualHash(bomb, { maximumPixels: 4_000_000 })).resolves.toMatch(/^[\da-f]{16}$/);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [svg, bomb.subarray(0, 60), bomb.subarray(0, bomb.length - 40), new Uint8Array(0)]) {
      await expect(perceptualHash(bytes)).rejects.toMatchObject({ code: "invalid_image" });
    }
  });

  it("says what to install where sharp is missing", { timeout: 60_000 }, async () => {
    const code =
      'import("./src/images/perceptual-hash.ts").then((door) => door.perceptualHash(new Uint8Array())).catch((error) => console.log(error.message))';
    const env = { ...process.env, NODE_OPTIONS: withoutPackage("sharp") };
    const { stdout } = await promisify(execFile)("node", ["--import", "tsx", "--eval", code], { env });
    expect(stdout).toContain("npm install sharp");
  });
});

describe("hammingDistance", () => {
  it("counts bits that differ", () => {
    expect(hammingDistance("0000000000000000", "ffffffffffffffff")).toBe(64);
    expect(hammingDistance("8000000000000001", "0000000000000000")).toBe(2);
    const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    const toHex = (value: bigint) => value.toString(16).padStart(16, "0");
    fc.assert(
      fc.property(hash, hash, (one, other) => {
        const expected = [...(one ^ other).toString(2)].filter((bit) => bit === "1").length;
        expect(hammingDistance(toHex(one), toHex(other).toUpperCase())).toBe(expected);
      }),
    );
  });

  it("refuses what is no hash", () => {
    for (const wrong of ["", "0", "0x00000000000000", "g000000000000000", "0".repeat(17), "0".repeat(64)]) {
      expect(() => hammingDistance(wrong, "0".repeat(16))).toThrow(TypeError);
      expect(() => hammingDistance("0".repeat(16), wrong)).toThrow(TypeError);
    }
  });
});
