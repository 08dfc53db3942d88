import type { FormProperty } from "../../src/model/form-schema.ts";

/** A legal value of a field that is not the given one. */
export function otherValue({ type, oneOf, items, minimum, maximum }: FormProperty, than?: unknown): unknown {
  if (oneOf !== undefined) return oneOf.map((option) => option.const).findLast((value) => value !== null && value !== than);
  switch ([type].flat()[0]) {
    case "boolean":
      return than !== true;
    // The ends of a slider.
    case "integer":
      return than === maximum ? minimum : (maximum ?? 4711);
    case "number":
      return ((minimum ?? 0) + (maximum ?? 1)) / 2 + 0.25;
    case "array":
      return items && [otherValue(items), otherValue(items, otherValue(items))];
    default:
      return (than ?? null) === null ? 'a "quoted" <b> & ümlaut' : `${than}, and more`;
  }
}
