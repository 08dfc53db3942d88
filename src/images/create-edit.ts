import { countBytes } from "../basics/count-bytes.ts";
import type { ImageSpan } from "./image-span.ts";

/** What a file gets, to hold an XMP packet. */
export interface Insertion {
  /** The packet, as a part of the file. */
  readonly packet: Uint8Array<ArrayBuffer>;
  /** Where it stands: before the first span behind the lead, or at the end of the image. */
  readonly before: "others" | "end";
  /** What stands in place of the lead; absent where that stays. */
  readonly lead?: Uint8Array<ArrayBuffer>;
}

/** Whether a span goes when a packet comes: another packet, and a lead that the new one stands for. */
export function isReplaced({ role }: ImageSpan): boolean {
  return role === "xmp" || role === "lead";
}

/** How many bytes of these spans go. */
export function countReplaced(spans: readonly ImageSpan[]): number {
  return countBytes(spans.filter(isReplaced).map(({ bytes }) => bytes));
}

/** Gives for each span of a file, in their order, what stands in its place once the packet is in, instead of any other packet. */
export function createEdit({ packet, before, lead }: Insertion): (span: ImageSpan) => readonly Uint8Array<ArrayBuffer>[] {
  let [newLead, isIn] = [lead, false];
  return ({ role, bytes }) => {
    if (role === "xmp") return [];
    if (role === "lead" && lead) {
      const spans = newLead ? [newLead] : [];
      newLead = undefined;
      return spans;
    }
    if (isIn || role === "lead" || (before === "end" && role !== "end")) return [bytes];
    isIn = true;
    return [packet, bytes];
  };
}
