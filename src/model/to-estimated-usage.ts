import type { AnyModel } from "./model.ts";
import type { Usage } from "./price.ts";

/**
 * What one prediction of an input may use: images and megapixels at most, seconds as its model usually takes them. So an estimate by the
 * second is the usual one, and a prediction that takes longer costs more.
 */
export function toEstimatedUsage(model: AnyModel, input: Readonly<Record<string, unknown>>): Usage {
  return {
    outputs: model.maximumOutputs(input),
    seconds: model.usualDurationMs / 1000,
    megapixels: model.maximumMegapixels?.(input) ?? null,
  };
}
