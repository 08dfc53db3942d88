import type { Input } from "./create-input.ts";
import type { ImageSpan } from "./image-span.ts";

/** The next so many bytes, as they come; `false` where the file ends before. */
export function* passData(
  input: Input,
  length: number,
  { role, isImageData }: Omit<ImageSpan, "bytes">,
): Generator<ImageSpan | undefined, boolean> {
  for (let left = length; left > 0; ) {
    const bytes = yield* input.takeSome(left);
    if (bytes.length === 0) return false;
    yield { role, bytes, isImageData };
    left -= bytes.length;
  }
  return true;
}

/** The end of the image, and what stands behind it. */
export function* passRest(input: Input): Generator<ImageSpan | undefined, void> {
  yield { role: "end", bytes: new Uint8Array(), isImageData: false };
  yield* passData(input, Number.POSITIVE_INFINITY, { role: "rest", isImageData: false });
}
