import { formatUsd } from "../model/price.ts";
import type { ModelDescription } from "./describe-model.ts";
import { formatDuration } from "./format.ts";

/** What people want to know of a model, as the rows of a table. */
export function toModelFacts({ takesPhoto, maximumPhotos, price, usualDurationMs }: ModelDescription): readonly (readonly string[])[] {
  const priceText = price === null ? "unknown" : `${formatUsd(price.microUsd)} an image, as of ${price.asOf} (${price.source})`;
  return [
    ["photos", takesPhoto ? `up to ${maximumPhotos}` : "none"],
    ["price", priceText],
    ["usual time", formatDuration(usualDurationMs)],
  ];
}
