import fc from "fast-check";
import { expect, it } from "vitest";
import { toXmpPacket } from "../../src/images/to-xmp-packet.ts";
import { writeProvenance } from "../../src/images/write-provenance.ts";
import { pictures } from "./pictures.ts";
import { expectWellFormed, readXmp } from "./read-xmp.ts";

const digitalSourceType = "compositeWithTrainedAlgorithmicMedia";
const [, picture = new Uint8Array()] = pictures.find(([name]) => name === "webp, lossy") ?? [];

// Half a character of two becomes U+FFFD.
const asUtf8 = (text: string) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));

it("names nothing that was not given", async () => {
  const { properties } = await readXmp(writeProvenance(picture, { digitalSourceType }));
  expect(Object.keys(properties)).toEqual(["Iptc4xmpExt:DigitalSourceType"]);
});

it("brings any text back, but for what XML cannot hold", async () => {
  const texts = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."<>&\"'\r\n\t\0\b]]>-?xpacket😀é") }));
  await fc.assert(
    fc.asyncProperty(texts, async (description) => {
      const { packet, properties } = await readXmp(writeProvenance(picture, { digitalSourceType, description, runId: description }));
      // A parser takes a bare one for a line feed.
      expect(packet).not.toContain("\r");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 leaves out
      const expected = asUtf8(description).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "");
      expect(properties).toMatchObject({ "dc:description": expected, "restage:RunId": expected });
    }),
    { numRuns: 100 },
  );
});

it("refuses what no jpeg holds, and takes what one just holds", async () => {
  const bare = toXmpPacket({ digitalSourceType, description: "" }).length;
  const longest = "x".repeat(65_502 - bare);
  const [, jpeg = new Uint8Array()] = pictures.find(([name]) => name === "jpeg, baseline") ?? [];
  const { properties } = await readXmp(writeProvenance(jpeg, { digitalSourceType, description: longest }));
  expect(properties["dc:description"]).toBe(longest);
  expect(() => writeProvenance(jpeg, { digitalSourceType, description: `${longest}x` })).toThrow(RangeError);
});

it("is checked by a reader that knows broken XML", async () => {
  await expectWellFormed("<a>&amp;</a>");
  for (const broken of ["<a>", "<a>&</a>", "<a>\u0007</a>", "<a b></a>"]) await expect(expectWellFormed(broken)).rejects.toThrow();
});
