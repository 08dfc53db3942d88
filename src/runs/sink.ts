/** An image on its way to a sink. */
export interface SinkImage {
  readonly runId: string;
  /** Counts the images of a run and a kind, from 0. */
  readonly index: number;
  /** The photo as the caller gave it, or what a model made of it. */
  readonly kind: "original" | "staged";
  /** By its bytes: `image/jpeg`, `image/png`, `image/webp` or `image/gif`. */
  readonly contentType: `image/${string}`;
  /** For a file's name: `jpg`, `png`, `webp` or `gif`. */
  readonly extension: string;
  /** How many bytes will come; absent where nobody knows before they came. */
  readonly byteLength?: number;
  /** SHA-256 of the bytes, in hex; absent where it is worked out while they pass. */
  readonly sha256?: string;
  /** The bytes, to be read once, to their end. An image that is cut on its way ends this stream with an error. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Where images are kept: a folder, a bucket, a table. */
export interface Sink {
  /**
   * Keeps an image, and tells where. The same image may be put more than once, also at the same time: run, kind and index say which it is.
   * What was written of an image whose stream fails must not count, and `put` must reject. The signal aborts when nobody waits any more.
   */
  put(image: SinkImage, options: { readonly signal: AbortSignal }): Promise<{ readonly location: string }>;
  /** Gives an image back, for `bytes()` and `save()` of a staged image. Without it the sink is for keeping only. */
  get?(location: string): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>>;
}
