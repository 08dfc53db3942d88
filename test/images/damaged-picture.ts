import fc from "fast-check";
import { pictures } from "./pictures.ts";

const odd = fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xd8, 0xd9, 0xda, 0xff);

/** A real file with some of its bytes overwritten, most often in its headers; cut, doubled or spliced. */
export const damagedPicture: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc
  .record({
    picture: fc.constantFrom(...pictures.map(([, bytes]) => bytes)),
    other: fc.constantFrom(...pictures.map(([, bytes]) => bytes)),
    strokes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.oneof(odd, fc.nat(255)), fc.boolean()), { maxLength: 6 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    to: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom("whole", "cut", "doubled", "spliced"),
  })
  .map(({ picture, other, strokes, from, to, how }) => {
    const bytes = Buffer.from(picture);
    for (const [place, value, isEarly] of strokes)
      bytes[Math.floor(place * (isEarly ? Math.min(64, bytes.length) : bytes.length - 1))] = value;
    const [start, end] = [Math.floor(from * bytes.length), Math.floor(to * bytes.length)];
    if (how === "cut") return new Uint8Array(bytes.subarray(0, start));
    if (how === "doubled") return new Uint8Array(Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]));
    if (how === "spliced") return new Uint8Array(Buffer.concat([bytes.subarray(0, start), other.subarray(Math.floor(to * other.length))]));
    return new Uint8Array(bytes);
  });
