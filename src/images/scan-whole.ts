import { detectImageType } from "../replicate/image-type.ts";
import { createInput } from "./create-input.ts";
import { findImageFormat, type ImageFormat } from "./find-image-format.ts";
import type { ImageSpan } from "./image-span.ts";

/** A whole png, jpeg or webp taken apart; `undefined` for any other type and for a broken file. */
export function scanWhole(
  bytes: Uint8Array<ArrayBuffer>,
): { readonly format: ImageFormat; readonly spans: readonly ImageSpan[] } | undefined {
  const type = detectImageType(bytes);
  const format = type && findImageFormat(type);
  if (format === undefined) return undefined;
  const input = createInput();
  input.push(bytes);
  input.end();
  const spans: ImageSpan[] = [];
  const scan = format.scan(input);
  for (;;) {
    const { done, value } = scan.next();
    if (done) return value ? { format, spans } : undefined;
    if (value) spans.push(value);
  }
}
