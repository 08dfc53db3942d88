/** In pixels, as stored: an EXIF orientation may turn it. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}
