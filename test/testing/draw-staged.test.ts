import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import type { DrawRequest } from "../../src/testing/draw-request.ts";
import { drawStaged } from "../../src/testing/draw-staged.ts";
import { asksToEmpty, findRoom } from "../../src/testing/drawing/room-words.ts";
import { type MarkBounds, simulatedMark, simulatedMarkBounds } from "../../src/testing/simulated-mark.ts";

const [width, height] = [360, 240];

// Red above, green below; so its way up can be told from a few pixels.
const photo = await twoColours(width, height).png().toBuffer();

const request: DrawRequest = { photo, prompt: "Furnish this empty living room in modern style", seed: 1, index: 0, format: "png" };

function twoColours(wide: number, high: number): Sharp {
  const lower = { create: { width: wide, height: high / 2, channels: 3, background: "#3f7f4f" } } as const;
  return sharp({ create: { width: wide, height: high, channels: 3, background: "#c05048" } }).composite([
    { input: lower, top: high / 2, left: 0 },
  ]);
}

async function readPixels(image: Uint8Array, area?: MarkBounds): Promise<Uint8Array> {
  const opened = sharp(image).removeAlpha();
  return new Uint8Array(await (area ? opened.extract(area) : opened).raw().toBuffer());
}

function countDifferent(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length);
  return one.filter((value, index) => Math.abs(value - (other[index] ?? 0)) > 8).length / one.length;
}

describe("drawStaged", () => {
  it.each([
    ["jpg", /^\xff\xd8\xff/],
    ["png", /^\x89PNG\r\n/],
    ["webp", /^RIFF.{4}WEBP/s],
  ] as const)("writes %s", async (format, magic) => {
    const image = await drawStaged({ ...request, format });
    expect(image).toBeInstanceOf(Uint8Array);
    expect(Buffer.from(image.subarray(0, 16)).toString("latin1")).toMatch(magic);
  });

  it("writes fewer bytes at a lower quality", async () => {
    const [low, high] = await Promise.all([10, 95].map((quality) => drawStaged({ ...request, format: "jpg", quality })));
    expect(low?.length).toBeLessThan((high?.length ?? 0) / 2);
  });

  it.each<[Partial<DrawRequest>, number, number]>([
    [{}, 360, 240],
    [{ width: 333, height: 222 }, 333, 222],
    [{ width: 300 }, 300, 200],
    [{ height: 300, aspectRatio: "1:1" }, 300, 300],
    [{ aspectRatio: "16:9" }, 360, 203],
    [{ aspectRatio: "9:16", longestSidePx: 160 }, 90, 160],
    [{ longestSidePx: 720 }, 720, 480],
    [{ width: 1, height: 1 }, 1, 1],
    [{ width: 900, height: 3 }, 900, 3],
    [{ photo: null, aspectRatio: "4:3", longestSidePx: 200 }, 200, 150],
  ])("sizes the image: %o", async (change, expectedWidth, expectedHeight) => {
    const size = await sharp(await drawStaged({ ...request, ...change })).metadata();
    expect([size.width, size.height]).toEqual([expectedWidth, expectedHeight]);
  });

  it("takes a photo that is too large for a picture down to 2048 px", async () => {
    const large = await twoColours(2400, 1200).jpeg().toBuffer();
    const { width: wide, height: high } = await sharp(await drawStaged({ ...request, photo: large, format: "jpg" })).metadata();
    expect([wide, high]).toEqual([2048, 1024]);
  });

  it("gives the same bytes for the same request", async () => {
    for (const format of ["jpg", "png", "webp"] as const) {
      const [one, other] = [await drawStaged({ ...request, format }), await drawStaged({ ...request, format })];
      expect(Buffer.compare(one, other)).toBe(0);
    }
  });

  it.each<[string, Partial<DrawRequest>]>([
    ["seed", { seed: 2 }],
    ["index", { index: 1 }],
    ["room", { prompt: "Furnish this empty bedroom in modern style" }],
    ["style", { prompt: "Furnish this empty living room in coastal style" }],
  ])("draws other furniture for another %s", async (_, change) => {
    const [one, other] = [await drawStaged(request), await drawStaged({ ...request, ...change })];
    expect(countDifferent(await readPixels(one), await readPixels(other))).toBeGreaterThan(0.02);
  });

  it("changes the photo where furniture stands and leaves the upper part alone", async () => {
    const [before, after] = [await readPixels(photo), await readPixels(await drawStaged(request))];
    const upper = Math.round(height * 0.3) * width * 3;
    expect(Buffer.compare(before.subarray(0, upper), after.subarray(0, upper))).toBe(0);
    const changed = countDifferent(before.subarray(before.length / 2), after.subarray(before.length / 2));
    expect(changed).toBeGreaterThan(0.2);
    expect(changed).toBeLessThan(0.9);
  });

  it("draws no furniture where the room is to be cleared", async () => {
    const image = await drawStaged({ ...request, prompt: "Empty this living room. Remove all movable furniture." });
    const { top } = simulatedMarkBounds(width, height);
    const [before, after] = [await readPixels(photo), await readPixels(image)];
    expect(Buffer.compare(before.subarray(0, top * width * 3), after.subarray(0, top * width * 3))).toBe(0);
    expect(Buffer.compare(before, after)).not.toBe(0);
  });

  it("honours the EXIF orientation and leaves the metadata out", async () => {
    const turned = await twoColours(width, height).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    const image = await drawStaged({ ...request, photo: turned });
    const { width: wide, height: high, exif, orientation } = await sharp(image).metadata();
    expect([wide, high, exif, orientation]).toEqual([height, width, undefined, undefined]);
    const pixels = await readPixels(image);
    const [left, right] = [pixels.subarray(0, 3), pixels.subarray((height - 1) * 3, height * 3)];
    // Turned clockwise, what was below is at the left.
    expect((left[1] ?? 0) - (left[0] ?? 0)).toBeGreaterThan(40);
    expect((right[0] ?? 0) - (right[1] ?? 0)).toBeGreaterThan(40);
  });

  it.each([
    ["grey", sharp(photo).greyscale().png()],
    ["transparent", sharp({ create: { width, height, channels: 4, background: "#ff000000" } }).png()],
    ["16 bit", sharp(photo).toColourspace("rgb16").png()],
    ["CMYK", sharp(photo).toColourspace("cmyk").jpeg()],
  ])("reads a photo that is %s", async (_, image) => {
    const drawn = await sharp(await drawStaged({ ...request, photo: await image.toBuffer() })).metadata();
    expect([drawn.width, drawn.height, drawn.channels, drawn.depth]).toEqual([width, height, 3, "uchar"]);
  });

  it("invents a room where there is no photo", async () => {
    for (const prompt of ["a bright kitchen", "an outdoor terrace", "an office"]) {
      const { channels } = await sharp(await drawStaged({ ...request, photo: null, prompt, width, height })).stats();
      expect(channels.every(({ stdev }) => stdev > 15)).toBe(true);
    }
  });

  it("refuses what it cannot draw", async () => {
    await expect(drawStaged({ ...request, aspectRatio: "wide" })).rejects.toThrow(RangeError);
    await expect(drawStaged({ ...request, aspectRatio: "0:1" })).rejects.toThrow(RangeError);
    await expect(drawStaged({ ...request, width: 100_000, height: 10 })).rejects.toThrow(RangeError);
    await expect(drawStaged({ ...request, width: 0, height: 10 })).rejects.toThrow(RangeError);
    await expect(drawStaged({ ...request, photo: new Uint8Array([1, 2, 3]) })).rejects.toThrow();
  });
});

describe("the mark", () => {
  it.each([
    ["#ffffff", "furnish"],
    ["#000000", "furnish"],
    ["#808080", "declutter"],
  ])("can be read on %s when asked to %s", async (background, prompt) => {
    const plain = await sharp({ create: { width: 512, height: 384, channels: 3, background } })
      .png()
      .toBuffer();
    const bounds = simulatedMarkBounds(512, 384);
    const pixels = await readPixels(await drawStaged({ ...request, photo: plain, prompt }), bounds);
    const grey = Array.from({ length: pixels.length / 3 }, (_, index) => pixels[index * 3 + 2] ?? 0);
    expect(grey.filter((value) => value > 225).length / grey.length).toBeGreaterThan(0.06);
    expect(grey.filter((value) => value < 70).length / grey.length).toBeGreaterThan(0.5);
  });

  it.each([
    [512, 512],
    [4096, 4096],
    [4096, 1024],
    [300, 2000],
    [40, 30],
  ])("lies within an image of %i x %i px", (wide, high) => {
    const { left, top, width: markWidth, height: markHeight } = simulatedMarkBounds(wide, high);
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
    expect(left + markWidth).toBeLessThanOrEqual(wide);
    expect(top + markHeight).toBeLessThanOrEqual(high);
    if (Math.min(wide, high) > 200) expect(markWidth).toBeGreaterThanOrEqual(Math.max(150, Math.min(wide, high) * 0.37));
  });

  it("needs no font", () => {
    expect(simulatedMark(512, 512)).not.toMatch(/<text|font/);
  });
});

describe("findRoom", () => {
  it.each([
    ["Furnish this empty guest bedroom with a small desk", "bedroom"],
    ["a sofa for the living_room, open to the kitchen", "living"],
    ["a roof terrace", "outdoor"],
    ["make it nice", "living"],
  ])("%s: %s", (prompt, room) => {
    expect(findRoom(prompt)).toBe(room);
  });
});

describe("asksToEmpty", () => {
  it.each([
    ["Declutter this room", true],
    ["Remove all furniture and furnishings. Do not add furniture.", true],
    ["Empty this bedroom", true],
    ["Furnish this empty bedroom", false],
    ["Restage: remove the furniture and furnish it anew", false],
    ["Stage this room. Do not remove any furniture.", false],
  ])("%s: %s", (prompt, expected) => {
    expect(asksToEmpty(prompt)).toBe(expected);
  });
});
