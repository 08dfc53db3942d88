import type { PublishedInput } from "../../model/published-input.ts";
import type { DrawRequest } from "../draw-request.ts";
import { toEffectiveInput } from "./effective-input.ts";
import type { PredictionRecord } from "./prediction-record.ts";

/** The file name of an output, such as `0.png`. */
export function outputName({ model, input }: Pick<PredictionRecord, "model" | "input">, index: number): string {
  return `${index}.${toOutputFormat(model.published as PublishedInput, input)}`;
}

/** The file format that an input gives; jpg for models without that input. */
export function toOutputFormat(published: PublishedInput, input: Readonly<Record<string, unknown>>): DrawRequest["format"] {
  const { output_format: format } = toEffectiveInput(published, input);
  return format === "png" || format === "webp" ? format : "jpg";
}
