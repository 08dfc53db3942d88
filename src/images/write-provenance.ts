import { concatenate } from "../basics/concatenate.ts";
import { countReplaced, createEdit } from "./create-edit.ts";
import type { Provenance } from "./provenance.ts";
import { scanWhole } from "./scan-whole.ts";
import { toXmpPacket } from "./to-xmp-packet.ts";

/**
 * A copy of a png, jpeg or webp that says where it comes from, as XMP. Nothing is encoded anew: the pixels and all other metadata stay
 * byte for byte. An XMP packet that the file already has is replaced. Writing the same twice gives the same bytes as once.
 *
 * Returns the very same `bytes` where nothing is written: any other type, a broken file, and one with content credentials (C2PA), whose
 * signature would no longer hold, and which tells on its own that a model made it.
 *
 * @throws {RangeError} The provenance takes more than 65,502 bytes as XMP.
 */
export function writeProvenance(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const packet = toXmpPacket(provenance);
  const file = scanWhole(bytes as Uint8Array<ArrayBuffer>);
  if (file === undefined || file.spans.some(({ role }) => role === "credentials")) return bytes;
  const insertion = file.format.toInsertion(packet, bytes as Uint8Array<ArrayBuffer>, countReplaced(file.spans));
  return insertion ? concatenate(file.spans.flatMap(createEdit(insertion))) : bytes;
}
