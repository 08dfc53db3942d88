import sharp from "sharp";
import { expect } from "vitest";

/** What a reader of XMP finds in a file: the packet as libvips tells it, checked by libxml2, and its properties by their names. */
export async function readXmp(
  image: Uint8Array,
): Promise<{ readonly packet: string; readonly properties: Readonly<Record<string, string>> }> {
  const { xmp } = await sharp(image).metadata();
  const packet = xmp?.toString("utf8") ?? "";
  await expectWellFormed(packet);
  const leaf = /<([\w]+:[\w]+)>(?:<rdf:Alt><rdf:li xml:lang="x-default">)?([^<]*)(?:<\/rdf:li><\/rdf:Alt>)?<\/\1>/g;
  const properties = Object.fromEntries([...packet.matchAll(leaf)].map(([, name, text]) => [name, unescapeXml(text ?? "")]));
  return { packet, properties };
}

/** An SVG is read by libxml2, which refuses to draw one that is not well-formed. */
export async function expectWellFormed(xml: string): Promise<void> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><metadata>${xml}</metadata></svg>`;
  const drawing = sharp(Buffer.from(svg)).raw().toBuffer();
  await expect(drawing, "XML that a parser reads").resolves.toBeInstanceOf(Buffer);
}

const letters: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#xD;": "\r", "&amp;": "&" };

function unescapeXml(text: string): string {
  return text.replace(/&[#\w]+;/g, (entity) => letters[entity] ?? `unknown ${entity}`);
}
