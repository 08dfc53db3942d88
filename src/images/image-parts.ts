/** One part of an image file: a chunk of a png or webp, a segment of a jpeg. Its bytes are a view into the file. */
export interface ImagePart<Kind> {
  readonly kind: Kind;
  /** The whole part as it stands in the file: header, data, checksum or padding. */
  readonly bytes: Uint8Array;
  readonly data: Uint8Array;
}

/** An image file taken apart. */
export interface ImageParts<Kind> {
  readonly parts: readonly ImagePart<Kind>[];
  /** What stands behind the end of the image: nothing, unless somebody put it there. */
  readonly rest: Uint8Array;
}

/** A file of more parts is taken for a broken one: a hostile file of empty parts would otherwise fill the memory. */
export const maximumParts = 50_000;
