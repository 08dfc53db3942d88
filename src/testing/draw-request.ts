/** What is to be drawn. */
export interface DrawRequest {
  /** The bytes of the photo to stage, or `null` to invent a room. */
  readonly photo: Uint8Array | null;
  readonly prompt: string;
  readonly seed: number;
  /** Which image of several for the same seed, from 0. */
  readonly index: number;
  /** In pixels. Given alone, the other side follows from the aspect ratio. */
  readonly width?: number;
  /** In pixels. Given alone, the other side follows from the aspect ratio. */
  readonly height?: number;
  /** Such as `"16:9"`. Default: as the photo; 3:2 where there is none. */
  readonly aspectRatio?: string;
  /** In pixels. Default: as the photo, at most 2048; 1024 where there is none. */
  readonly longestSidePx?: number;
  readonly format: "jpg" | "png" | "webp";
  /** 1 to 100, without effect on png. Default 90. */
  readonly quality?: number;
}

/** Draws a staged image; see {@link drawStaged}. */
export type DrawStaged = (request: DrawRequest) => Promise<Uint8Array>;
