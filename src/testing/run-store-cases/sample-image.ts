import type { ImageRecord } from "../../runs/run.ts";

/** An image that came home and is kept nowhere; any field can be another. */
export function sampleImage(overrides: Partial<ImageRecord> = {}): ImageRecord {
  return {
    contentType: "image/webp",
    byteLength: 204_800,
    sha256: "d".repeat(64),
    imageDataSha256: "e".repeat(64),
    perceptualHash: null,
    location: null,
    ...overrides,
  };
}
