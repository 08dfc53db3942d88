import { concatenate } from "./concatenate.ts";

/** The views, one after another: without copying where they stand so in memory already. */
export function joinViews(views: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const first = views.find(({ length }) => length > 0) ?? new Uint8Array();
  let end = first.byteOffset;
  for (const { buffer, byteOffset, length } of views) {
    if (length === 0) continue;
    if (buffer !== first.buffer || byteOffset !== end) return concatenate(views);
    end += length;
  }
  return new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset);
}
