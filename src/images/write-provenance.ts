import { detectImageType } from "../replicate/image-type.ts";
import type { Provenance } from "./provenance.ts";
import { toXmpPacket } from "./to-xmp-packet.ts";
import { writeJpegXmp } from "./write-jpeg-xmp.ts";
import { writePngXmp } from "./write-png-xmp.ts";
import { writeWebpXmp } from "./write-webp-xmp.ts";

const writers: Readonly<Record<string, (bytes: Uint8Array, packet: Uint8Array) => Uint8Array | undefined>> = {
  "image/jpeg": writeJpegXmp,
  "image/png": writePngXmp,
  "image/webp": writeWebpXmp,
};

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
  return writers[detectImageType(bytes)?.contentType ?? ""]?.(bytes, packet) ?? bytes;
}
