/** The image types that the models read and write. */
export interface ImageType {
  readonly contentType: `image/${string}`;
  readonly extension: string;
}

// By their first bytes, read as Latin-1.
const signatures: readonly (readonly [subtype: string, extension: string, start: RegExp])[] = [
  ["jpeg", "jpg", /^\xff\xd8\xff/],
  ["png", "png", /^\x89PNG\r\n/],
  ["webp", "webp", /^RIFF.{4}WEBP/s],
  ["gif", "gif", /^GIF8/],
];

/** What kind of image the bytes are, by their first ones; `undefined` for anything else, SVG and PDF among it. */
export function detectImageType(bytes: Uint8Array): ImageType | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  const [subtype, extension] = signatures.find(([, , signature]) => signature.test(start)) ?? [];
  return subtype && extension ? { contentType: `image/${subtype}`, extension } : undefined;
}
