import type { DrawRequest } from "../draw-staged.ts";
import type { PredictionRecord } from "./prediction-record.ts";

/** The file name of an output, such as `0.png`. */
export function outputName({ input }: Pick<PredictionRecord, "input">, index: number): string {
  return `${index}.${toOutputFormat(input)}`;
}

/** The file format that an input asks for; jpg for models without that input. */
export function toOutputFormat({ output_format: format }: Readonly<Record<string, unknown>>): DrawRequest["format"] {
  return format === "png" || format === "webp" ? format : "jpg";
}
