import type { DrawRequest } from "./draw-request.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

const longestByDefault = 2048;
const longestPossible = 8192;

/**
 * The size in pixels of the image that a request asks for; `photo` is the size of its photo as it is seen.
 *
 * @throws {RangeError} The size or the aspect ratio cannot be drawn.
 */
export function imageSize(
  { width, height, aspectRatio, longestSidePx }: Pick<DrawRequest, "width" | "height" | "aspectRatio" | "longestSidePx">,
  photo: Size = { width: 1024, height: 683 },
): Size {
  const ratio = aspectRatio === undefined ? photo.width / photo.height : parseRatio(aspectRatio);
  if (width !== undefined || height !== undefined) {
    return checked({ width: width ?? Math.round((height ?? 1) * ratio), height: height ?? Math.round((width ?? 1) / ratio) });
  }
  const longest = longestSidePx ?? Math.min(longestByDefault, Math.max(photo.width, photo.height));
  return checked(
    ratio >= 1 ? { width: longest, height: Math.round(longest / ratio) } : { width: Math.round(longest * ratio), height: longest },
  );
}

function parseRatio(text: string): number {
  const [, across, down] = /^(\d{1,5}):(\d{1,5})$/.exec(text) ?? [];
  const ratio = Number(across) / Number(down);
  if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY))
    throw new RangeError('aspectRatio must be two whole numbers above 0, such as "16:9"');
  return ratio;
}

function checked(size: Size): Size {
  const isPossible = (side: number) => Number.isInteger(side) && side >= 1 && side <= longestPossible;
  if (isPossible(size.width) && isPossible(size.height)) return size;
  throw new RangeError(
    `An image of ${size.width} x ${size.height} px cannot be drawn: each side must be a whole number from 1 to ${longestPossible}`,
  );
}
