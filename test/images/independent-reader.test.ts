import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Provenance } from "../../src/images/provenance.ts";
import { writeProvenance } from "../../src/images/write-provenance.ts";
import { drawStaged } from "../../src/testing/draw-staged.ts";
import { decode, pictures } from "./pictures.ts";
import { readTags } from "./read-tags.ts";

const provenance: Provenance = {
  digitalSourceType: "compositeWithTrainedAlgorithmicMedia",
  description: 'Virtually staged: "Sofa" & <rug> hinzugefügt, 家具 🛋',
  creatorTool: "restage 1.0.0",
  modelId: "qwen/qwen-image-edit",
  runId: "run_01",
  at: "2026-11-21T10:00:00.000Z",
};

const xmp = {
  about: "",
  DigitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
  AISystemUsed: "qwen/qwen-image-edit",
  description: provenance.description,
  CreatorTool: "restage 1.0.0",
  CreateDate: "2026-11-21T10:00:00.000Z",
  RunId: "run_01",
};

const staged = (format: "jpg" | "png" | "webp") =>
  drawStaged({ photo: null, prompt: "Furnish this empty bedroom", seed: 3, index: 0, format, longestSidePx: 320 });
const room = sharp(await staged("png"));
const turned = [1, 2, 3, 4, 5, 6, 7, 8].map(
  (orientation) => [`jpeg, EXIF orientation ${orientation}`, room.clone().jpeg().withMetadata({ orientation }).toBuffer()] as const,
);

/** As models give them, and what the small pictures leave out. */
const more: readonly (readonly [name: string, bytes: Uint8Array])[] = await Promise.all(
  [
    ["jpeg as staged", staged("jpg")] as const,
    ["png as staged", staged("png")] as const,
    ["webp as staged", staged("webp")] as const,
    ...turned,
    ["webp, EXIF orientation 6", room.clone().webp().withMetadata({ orientation: 6 }).toBuffer()] as const,
    [
      "jpeg, progressive, in four steps of colour",
      room.clone().jpeg({ progressive: true, chromaSubsampling: "4:4:4" }).toBuffer(),
    ] as const,
    ["png, 16 bits with alpha", room.clone().ensureAlpha(0.5).toColourspace("rgb16").png().toBuffer()] as const,
    ["png, two colours", room.clone().resize(9).png({ palette: true, colours: 2 }).toBuffer()] as const,
    ["png, one pixel", room.clone().resize(1, 1).png().toBuffer()] as const,
    ["webp, nearly lossless", room.clone().webp({ nearLossless: true, quality: 50 }).toBuffer()] as const,
    ["webp, one pixel", room.clone().resize(1, 1).webp({ lossless: true }).toBuffer()] as const,
    ["webp of an odd width", room.clone().resize(33, 17).webp({ quality: 20 }).toBuffer()] as const,
  ].map(async ([name, making]) => [name, new Uint8Array(await making)] as const),
);

describe("writeProvenance, as ExifReader sees it", () => {
  it.each([...pictures, ...more])("is read back, and all other metadata stays: %s", (_, picture) => {
    const before = readTags(picture);
    const after = readTags(writeProvenance(picture, provenance));
    expect(before.xmp).not.toHaveProperty("DigitalSourceType");
    expect(after).toEqual({ xmp, others: before.others });
  });

  it("reads what was there before, too", () => {
    const [, dressed = new Uint8Array()] = pictures.find(([name]) => name === "webp with alpha, EXIF, ICC and XMP") ?? [];
    expect(readTags(dressed)).toMatchObject({
      xmp: { CreatorTool: "Somebody else" },
      others: { exif: { Copyright: {} }, icc: { "Device Manufacturer": {} } },
    });
  });

  it.each(more)("shows the same pixels, bit for bit: %s", async (_, picture) => {
    const [before, after] = await Promise.all([decode(picture), decode(writeProvenance(picture, provenance))]);
    // A matcher would go through all of them one by one.
    expect(Buffer.compare(after.pixels, before.pixels)).toBe(0);
    expect(after.shape).toEqual(before.shape);
  });
});
