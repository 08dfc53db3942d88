/** The image types that the models read and write. */
export interface ImageType {
  readonly contentType: "image/jpeg" | "image/png" | "image/webp" | "image/gif";
  readonly extension: "jpg" | "png" | "webp" | "gif";
}

const types: readonly (readonly [ImageType, (bytes: Uint8Array) => boolean])[] = [
  [{ contentType: "image/jpeg", extension: "jpg" }, (bytes) => startsWith(bytes, 0, [0xff, 0xd8, 0xff])],
  [{ contentType: "image/png", extension: "png" }, (bytes) => startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  // "RIFF", four bytes of length, "WEBP"
  [
    { contentType: "image/webp", extension: "webp" },
    (bytes) => startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]),
  ],
  [{ contentType: "image/gif", extension: "gif" }, (bytes) => startsWith(bytes, 0, [0x47, 0x49, 0x46, 0x38])],
];

/** What kind of image the bytes are, by their first ones; `undefined` for anything else, SVG and PDF among it. */
export function detectImageType(bytes: Uint8Array): ImageType | undefined {
  return types.find(([, matches]) => matches(bytes))?.[0];
}

function startsWith(bytes: Uint8Array, offset: number, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[offset + index] === byte);
}
