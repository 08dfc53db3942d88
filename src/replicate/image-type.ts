/** The image types that the models read and write. */
export interface ImageType {
  readonly contentType: `image/${string}`;
  readonly extension: string;
}

const imageTypes: readonly (readonly [type: ImageType, start: RegExp])[] = [
  [{ contentType: "image/jpeg", extension: "jpg" }, /^\xff\xd8\xff/],
  [{ contentType: "image/png", extension: "png" }, /^\x89PNG\r\n/],
  [{ contentType: "image/webp", extension: "webp" }, /^RIFF.{4}WEBP/s],
  [{ contentType: "image/gif", extension: "gif" }, /^GIF8/],
];

/** What kind of image the bytes are, by their first ones; `undefined` for anything else, SVG and PDF among it. */
export function detectImageType(bytes: Uint8Array): ImageType | undefined {
  return matchStart(bytes, imageTypes);
}

/** What the bytes start as, read as Latin-1. */
export function matchStart<Kind>(bytes: Uint8Array, kinds: readonly (readonly [kind: Kind, start: RegExp])[]): Kind | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 256));
  return kinds.find(([, shape]) => shape.test(start))?.[0];
}
