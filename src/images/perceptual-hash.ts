import { InvalidImageError } from "../errors/invalid-image-error.ts";
import { detectImageType } from "../replicate/image-type.ts";
import { loadSharp } from "./load-sharp.ts";
import { toFrequencies } from "./to-frequencies.ts";

const side = 32;

/**
 * A hash of what a jpeg, png, webp or gif looks like: 64 bits as 16 hex digits. Copies in another size, format or quality have the same
 * or one a few bits away, see `hammingDistance`; so may two stagings of one photo, so that a match is a hint and no proof. Each bit tells
 * whether one of the picture's 64 slowest waves is stronger than their median, seen upright, in grey and on white. Of an animation it is
 * the first picture.
 *
 * @throws {MissingPeerError} The package sharp is not installed.
 * @throws {InvalidImageError} It is another type, cannot be decoded, or has more than `maximumPixels` (default 100 million).
 */
export async function perceptualHash(bytes: Uint8Array, { maximumPixels = 100_000_000 } = {}): Promise<string> {
  const sharp = await loadSharp("comparing what images look like");
  // sharp itself would also draw an SVG.
  if (detectImageType(bytes) === undefined) throw new InvalidImageError("the bytes are no jpeg, png, webp or gif");
  const image = sharp(bytes, { limitInputPixels: maximumPixels, failOn: "error" }).autoOrient().flatten({ background: "#ffffff" });
  const grey = await image
    .toColourspace("b-w")
    .resize(side, side, { fit: "fill" })
    .raw()
    .toBuffer()
    .catch(() => {
      throw new InvalidImageError(`it cannot be decoded, or has more than ${maximumPixels} pixels`);
    });
  return toHash(toFrequencies(grey, side));
}

function toHash(waves: readonly number[]): string {
  const sorted = waves.toSorted((one, other) => one - other);
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  return waves
    .reduce((hash, wave) => (hash << 1n) | (wave > median ? 1n : 0n), 0n)
    .toString(16)
    .padStart(16, "0");
}
