import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectImageType } from "../../src/replicate/image-type.ts";
import { tinyGif, tinyJpeg, tinyPng, tinyWebp } from "./helpers.ts";

describe("detectImageType", () => {
  it.each([
    ["image/jpeg", "jpg", tinyJpeg],
    ["image/png", "png", tinyPng],
    ["image/webp", "webp", tinyWebp],
    ["image/gif", "gif", tinyGif],
  ])("knows %s by its bytes", (contentType, extension, bytes) => {
    expect(detectImageType(bytes)).toEqual({ contentType, extension });
    expect(detectImageType(bytes.subarray(0, 12))).toEqual({ contentType, extension });
  });

  it.each([
    ["nothing", ""],
    ["half a magic number", "\x89PN"],
    ["a WAV file", "RIFF\0\0\0\0WAVE"],
    ["HTML", "<!DOCTYPE html>"],
    ["SVG", "<svg xmlns="],
    ["PDF", "%PDF-1.7"],
    ["TIFF", "II*\0"],
    ["BMP", "BM"],
    ["text that names one", " GIF89a"],
  ])("does not take %s for an image", (_, text) => {
    expect(detectImageType(Uint8Array.from(Buffer.from(text, "latin1")))).toBeUndefined();
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => void detectImageType(bytes)));
  });
});
