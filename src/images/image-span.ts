/**
 * What a span is to whoever writes provenance: what a packet stands behind (`lead`), another packet (`xmp`), a signature over all bytes
 * (`credentials`), the `pixels` or any `other` part; the place where the image ends, as an empty span (`end`), and what somebody put behind
 * it (`rest`).
 */
export type SpanRole = "lead" | "xmp" | "credentials" | "pixels" | "other" | "end" | "rest";

/** A piece of an image file as it passes: of a chunk of a png or webp, of a segment of a jpeg. All spans in a row are the file. */
export interface ImageSpan {
  readonly role: SpanRole;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether it makes the picture, as metadata, checksums and padding do not. */
  readonly isImageData: boolean;
}

/** Takes a file apart as its bytes come: `undefined` where it needs more of them; at the end, whether the file is a whole one. */
export type ImageScan = Generator<ImageSpan | undefined, boolean>;

/** A file of more parts is taken for a broken one: a hostile file of empty parts would otherwise fill the memory. */
export const maximumParts = 50_000;
