import { DOMParser, onErrorStopParsing } from "@xmldom/xmldom";
import ExifReader from "exifreader";

/** The metadata of an image as ExifReader tells them, which knows nothing of libvips: XMP by property, and all else. */
export function readTags(image: Uint8Array): { readonly xmp: Readonly<Record<string, string>>; readonly others: object } {
  // Its type of a parser is that of browsers.
  const domParser = new DOMParser({ onError: onErrorStopParsing }) as never;
  const { xmp = {}, riff: _, ...others } = ExifReader.load(Buffer.from(image), { expanded: true, domParser });
  const { _raw, ...properties } = xmp as Readonly<Record<string, { readonly description?: string }>>;
  const descriptions = Object.entries(properties).map(([name, { description = "" }]) => [name, description] as const);
  return { xmp: Object.fromEntries(descriptions), others };
}
