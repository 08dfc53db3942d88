import type { FormProperty } from "./form-schema.ts";

/** The step of a slider that reaches every value of a field; `undefined` where there is none, or too many values to aim at. */
export function sliderStep({ type, minimum, maximum, multipleOf, oneOf }: FormProperty): number | undefined {
  // A slider has no place for unset, and counts its steps from the minimum.
  const step = multipleOf ?? (type === "integer" ? 1 : 0);
  if (Array.isArray(type) || oneOf || minimum === undefined || maximum === undefined || minimum % step !== 0) return undefined;
  return (maximum - minimum) / step <= 200 ? step : undefined;
}
