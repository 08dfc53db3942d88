import type { PublishedInput } from "../../model/published-input.ts";
import type { DrawRequest } from "../draw-request.ts";
import { toEffectiveInput } from "./effective-input.ts";
import { toOutputFormat } from "./output-name.ts";

// Pixels of the longest side, by the names that published inputs use for sizes.
const longestSides: Readonly<Record<string, number>> = { "1K": 1024, "2K": 2048, "4K": 4096, small: 512, regular: 1024, big: 2048 };

/** What is to be drawn for an input, from the names and defaults that the model publishes. */
export function toDrawRequest(
  published: PublishedInput,
  sent: Readonly<Record<string, unknown>>,
  drawing: Pick<DrawRequest, "photo" | "seed" | "index">,
): DrawRequest {
  const input = toEffectiveInput(published, sent);
  const prompt = String(sent[published.promptKey] ?? "");
  const quality = typeof input.output_quality === "number" ? { quality: Math.max(1, input.output_quality) } : {};
  return { ...drawing, prompt, ...toSize(input), format: toOutputFormat(published, sent), ...quality };
}

function toSize(input: Readonly<Record<string, unknown>>): Pick<DrawRequest, "width" | "height" | "aspectRatio" | "longestSidePx"> {
  const { size, aspect_ratio: aspectRatio, width, height } = input;
  if (size === "custom" || aspectRatio === "custom") return { width: Number(width), height: Number(height) };
  const longestSidePx = longestSides[String(size)];
  return {
    ...(longestSidePx === undefined ? {} : { longestSidePx }),
    ...(/^\d+:\d+$/.test(String(aspectRatio)) ? { aspectRatio: String(aspectRatio) } : {}),
  };
}
