import { toBytes } from "./bytes.ts";
import type { Provenance } from "./provenance.ts";

// What one segment of a jpeg holds; the same for all formats, so that what can be written does not hang on the model's format.
const maximumBytes = 65_502;

const namespaces: Readonly<Record<string, string>> = {
  Iptc4xmpExt: "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
  dc: "http://purl.org/dc/elements/1.1/",
  xmp: "http://ns.adobe.com/xap/1.0/",
  restage: "https://www.npmjs.com/package/restage#",
};

/**
 * The XMP packet that says so, as UTF-8: IPTC's `DigitalSourceType` and, since IPTC's standard 2025.1 of November 2025, `AISystemUsed`
 * for the model, `dc:description`, `xmp:CreatorTool`, `xmp:CreateDate`, and the run in a field of our own. The same provenance gives
 * the same bytes.
 *
 * @throws {RangeError} It has more than 65,502 bytes, the most that a jpeg holds.
 */
export function toXmpPacket({ digitalSourceType, description, creatorTool, modelId, runId, at }: Provenance): Uint8Array {
  const properties = [
    element("Iptc4xmpExt:DigitalSourceType", `http://cv.iptc.org/newscodes/digitalsourcetype/${digitalSourceType}`),
    element("Iptc4xmpExt:AISystemUsed", modelId),
    element("dc:description", description, (text) => `<rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt>`),
    element("xmp:CreatorTool", creatorTool),
    element("xmp:CreateDate", at),
    element("restage:RunId", runId),
  ].join("");
  const prefixes = Object.entries(namespaces).map(([prefix, address]) => ` xmlns:${prefix}="${address}"`);
  const packet = toBytes(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">` +
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      `<rdf:Description rdf:about=""${prefixes.join("")}>\n${properties}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>`,
  );
  if (packet.length <= maximumBytes) return packet;
  throw new RangeError(`The provenance takes ${packet.length} bytes as XMP; a jpeg holds ${maximumBytes}: shorten its description`);
}

function element(name: string, text: string | undefined, wrap = (inner: string) => inner): string {
  return text === undefined ? "" : `<${name}>${wrap(escapeXml(text))}</${name}>\n`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#xD;" };

// XML cannot hold most control characters, not even escaped.
function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").replace(/[&<>"\r]/g, (letter) => entities[letter] ?? letter);
}
