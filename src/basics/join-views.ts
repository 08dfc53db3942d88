import { concatenate } from "./concatenate.ts";

/** The views, one after another: without copying where they stand so in memory already. */
export function joinViews(views: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first = new Uint8Array(), ...others] = views.filter(({ length }) => length > 0);
  let end = first.byteOffset + first.length;
  for (const { buffer, byteOffset, length } of others) {
    if (buffer !== first.buffer || byteOffset !== end) return concatenate(views);
    end += length;
  }
  return new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset);
}
