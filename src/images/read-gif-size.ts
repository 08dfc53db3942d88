import { toView } from "./bytes.ts";
import type { ImageSize } from "./image-size.ts";

/** The size of a gif: of its screen, or of its first picture where that reaches beyond, as some decoders draw it. */
export function readGifSize(bytes: Uint8Array): ImageSize | undefined {
  const view = toView(bytes);
  const twoBytes = (at: number) => view.getUint16(at, true);
  let at = 13 + colourTableLength(bytes[10]);
  while (bytes[at] === 0x21) at = skipBlocks(bytes, at + 2);
  if (bytes[at] !== 0x2c || at + 9 > bytes.length) return undefined;
  const width = Math.max(twoBytes(6), twoBytes(at + 1) + twoBytes(at + 5));
  return { width, height: Math.max(twoBytes(8), twoBytes(at + 3) + twoBytes(at + 7)) };
}

function colourTableLength(flags = 0): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

// An extension is a row of blocks, each after its length, up to an empty one.
function skipBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]) at += 1 + (bytes[at] ?? 0);
  return at + 1;
}
