import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Provenance } from "../../src/images/provenance.ts";
import { toXmpPacket } from "../../src/images/to-xmp-packet.ts";
import { writeProvenance } from "../../src/images/write-provenance.ts";
import { decode, pictures } from "./pictures.ts";
import { readXmp } from "./read-xmp.ts";

const provenance: Provenance = {
  digitalSourceType: "compositeWithTrainedAlgorithmicMedia",
  description: 'Virtually staged: "Sofa" & <rug> hinzugefügt, 家具 🛋',
  creatorTool: "restage 1.0.0",
  modelId: "qwen/qwen-image-edit",
  runId: "run_01",
  at: "2026-11-21T10:00:00.000Z",
};

const properties = {
  "Iptc4xmpExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
  "Iptc4xmpExt:AISystemUsed": "qwen/qwen-image-edit",
  "dc:description": provenance.description,
  "xmp:CreatorTool": "restage 1.0.0",
  "xmp:CreateDate": "2026-11-21T10:00:00.000Z",
  "restage:RunId": "run_01",
};

describe.each(pictures)("writeProvenance: %s", (_, picture) => {
  const before = picture.slice();
  const written = writeProvenance(picture, provenance);

  it("is read back whole, in place of any other", async () => {
    expect(await readXmp(written)).toEqual({
      packet: new TextDecoder("utf-8", { ignoreBOM: true }).decode(toXmpPacket(provenance)),
      properties,
    });
    expect(Buffer.from(written).toString("latin1")).not.toContain("Somebody else");
  });

  it("shows the same pixels, bit for bit, and changes no byte of what it was given", async () => {
    expect(await decode(written)).toEqual(await decode(picture));
    expect(picture).toEqual(before);
  });

  it("keeps EXIF, colour profile, way up, density and timing", async () => {
    const { size: _size, xmp: _xmp, xmpAsString: _text, ...metadata } = await sharp(written, { pages: -1 }).metadata();
    const { size: _oldSize, xmp: _oldXmp, xmpAsString: _oldText, ...old } = await sharp(picture, { pages: -1 }).metadata();
    expect(metadata).toEqual(old);
  });

  it("gives the same written twice, and after another", () => {
    expect(writeProvenance(written, provenance)).toEqual(written);
    const other = writeProvenance(picture, { digitalSourceType: "trainedAlgorithmicMedia", description: "Another" });
    expect(other).not.toEqual(written);
    expect(writeProvenance(other, provenance)).toEqual(written);
  });

  it("keeps what somebody put behind the end", () => {
    const rest = Uint8Array.of(0, 1, 2, 0xff, 0xd9, 3);
    expect(writeProvenance(Buffer.concat([picture, rest]), provenance)).toEqual(new Uint8Array(Buffer.concat([written, rest])));
  });

  it("leaves a file that is cut off as it is", () => {
    for (const length of [0, 1, 3, 11, 12, 20, 33, picture.length >> 1, picture.length - 1]) {
      const cut = picture.subarray(0, length);
      expect(writeProvenance(cut, provenance)).toBe(cut);
    }
  });
});

it("leaves other types as they are", async () => {
  const gif = await sharp({ create: { width: 2, height: 2, channels: 3, background: "red" } })
    .gif()
    .toBuffer();
  for (const bytes of [gif, Buffer.from("<svg/>"), Buffer.from("%PDF-1.7"), new Uint8Array(0)]) {
    expect(writeProvenance(bytes, provenance)).toBe(bytes);
  }
});

describe("where each format wants it", () => {
  const find = (name: string) => pictures.find(([other]) => other === name)?.[1] ?? new Uint8Array();
  const write = (name: string) => Buffer.from(writeProvenance(find(name), provenance));

  it("in a png, behind the header and before the pixels, with the checksum that others reckon", async () => {
    const written = write("png, colour");
    expect(written.toString("latin1", 37, 63)).toBe("iTXtXML:com.adobe.xmp\0\0\0\0\0");
    const { crc32 } = await import("node:zlib");
    const end = 41 + written.readUInt32BE(33);
    if (crc32) expect(written.readUInt32BE(end)).toBe(crc32(written.subarray(37, end)));
    expect(written.toString("latin1", 63, end)).toContain("DigitalSourceType");
  });

  it("in a jpeg, behind JFIF or EXIF", () => {
    const markers = (bytes: Buffer) => {
      const found: string[] = [];
      for (let at = 2; bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) found.push(bytes.toString("latin1", at + 4, at + 8));
      return found;
    };
    expect(markers(write("jpeg, baseline"))[0]).toBe("http");
    const dressed = markers(write("jpeg with EXIF, ICC and XMP"));
    expect(dressed.indexOf("http")).toBe(dressed.indexOf("Exif") + 1);
    expect(dressed.filter((name) => name === "http")).toHaveLength(1);
  });

  it("in a jpeg with restart markers, which stand amid the pixels", async () => {
    const jpeg = find("jpeg, baseline");
    const restarted = Buffer.concat([
      jpeg.subarray(0, -200),
      Buffer.from([0xff, 0xd0, 0x12, 0xff, 0, 0xff, 0xff, 0, 0xff, 0xd7]),
      jpeg.subarray(-200),
    ]);
    const written = writeProvenance(restarted, provenance);
    expect((await readXmp(written)).properties).toEqual(properties);
    expect(Buffer.from(written.subarray(-700)).equals(restarted.subarray(-700))).toBe(true);
  });

  it.each([
    ["webp, lossy", 0x04],
    ["webp, lossy with alpha", 0x14],
    ["webp, lossless", 0x04],
    ["webp, lossless with alpha", 0x14],
    ["webp, animated", 0x16],
    ["webp with EXIF, ICC and XMP", 0x2c],
    ["webp with alpha, EXIF, ICC and XMP", 0x3c],
  ])("in a webp, with the right flags and sizes: %s", (name, flags) => {
    const written = write(name);
    expect(written.readUInt32LE(4)).toBe(written.length - 8);
    expect(written.toString("latin1", 12, 16)).toBe("VP8X");
    expect([written.readUInt32LE(16), written.readUInt8(20)]).toEqual([10, flags]);
    expect(written.toString("latin1", written.lastIndexOf("XMP "))).toMatch(/^XMP .{4}<.xpacket.*end="w"..\0?$/s);
    expect([written.readUIntLE(24, 3) + 1, written.readUIntLE(27, 3) + 1]).toEqual([61, 43]);
  });
});

describe("a file with content credentials", () => {
  const [png, jpeg, webp] = ["png, colour", "jpeg, baseline", "webp, animated"].map((name) =>
    Buffer.from(pictures.find(([other]) => other === name)?.[1] ?? []),
  ) as [Buffer, Buffer, Buffer];
  const box = Buffer.from("\0\0\0\x40jumb\0\0\0\x20jumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0", "latin1");
  const insert = (bytes: Buffer, at: number, part: Buffer) => Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  const sized = (length: number, part: string) => Buffer.concat([Buffer.from([0, 0, 0, length]), Buffer.from(part)]);
  const grown = Buffer.concat([webp, Buffer.from("C2PA"), Buffer.from([box.length, 0, 0, 0]), box, Buffer.alloc(box.length % 2)]);
  grown.writeUInt32LE(grown.length - 8, 4);

  it.each([
    ["png", insert(png, 33, Buffer.concat([sized(box.length, "caBX"), box, Buffer.alloc(4)]))],
    ["jpeg", insert(jpeg, 2, Buffer.concat([Buffer.from([0xff, 0xeb, 0, box.length + 10]), Buffer.from("JP\0\x01\0\0\0\x01"), box]))],
    ["webp", grown],
  ])("is left as it is: %s", (_, signed) => {
    expect(writeProvenance(signed, provenance)).toBe(signed);
    const unsigned = Buffer.from(signed.toString("latin1").replaceAll(/c2pa|C2PA|caBX/g, "note"), "latin1");
    expect(writeProvenance(unsigned, provenance)).not.toBe(unsigned);
  });
});
