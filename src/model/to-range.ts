import type { JsonType, RawSchema } from "./json-schema.ts";

type Range = Pick<RawSchema, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf">;

/** The tighter bound of each side, and the step. Of whole numbers the bounds are legal values themselves. */
export function toRange(
  {
    minimum: least = -Infinity,
    maximum: most = Infinity,
    exclusiveMinimum: above = -Infinity,
    exclusiveMaximum: below = Infinity,
    multipleOf,
  }: Range,
  type: JsonType,
) {
  if (type === "integer")
    return {
      minimum: toLimit(Math.max(Math.ceil(least), Math.floor(above) + 1)),
      maximum: toLimit(Math.min(Math.floor(most), Math.ceil(below) - 1)),
      multipleOf: multipleOf && Number.isInteger(1 / multipleOf) ? 1 : multipleOf,
    };
  return {
    minimum: toLimit(least > above ? least : undefined),
    maximum: toLimit(most < below ? most : undefined),
    exclusiveMinimum: toLimit(least > above ? undefined : above),
    exclusiveMaximum: toLimit(most < below ? undefined : below),
    multipleOf,
  };
}

// zod writes the safe-integer range into every integer; a form would show it as a limit.
function toLimit(bound = Infinity): number | undefined {
  return Number.isFinite(bound) && Math.abs(bound) !== Number.MAX_SAFE_INTEGER ? bound : undefined;
}
