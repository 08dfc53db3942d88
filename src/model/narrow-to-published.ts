import { withoutUndefined } from "../basics/without-undefined.ts";
import { checkPublished } from "./check-published.ts";
import { type FieldJsonSchema, isNullable, typeOf } from "./json-schema.ts";
import type { PublishedField } from "./published-input.ts";
import { toRange } from "./to-range.ts";

/**
 * A field of a form with only the values that the model takes: an admin is not offered what Replicate would refuse, nor
 * an option out of the range of the class. `undefined` where no value is left.
 */
export function narrowToPublished(schema: FieldJsonSchema, rule: PublishedField): FieldJsonSchema | undefined {
  const { minimum: least = -Infinity, maximum: most = Infinity } = schema;
  const minimum = Math.max(least, rule.minimum ?? least);
  const maximum = Math.min(most, rule.maximum ?? most);
  const limited = { ...rule, minimum, maximum };
  const values = (schema.enum ?? rule.enum)?.filter((value) => value !== null && checkPublished(limited, value) === undefined);
  const items = schema.items && rule.items ? narrowToPublished(schema.items, rule.items) : schema.items;
  const own = typeOf(schema);
  const type = own === "number" && rule.type === "integer" ? "integer" : own;
  const isOther = type !== rule.type && !(type === "integer" && rule.type === "number");
  if (isOther || values?.length === 0 || (schema.items && !items)) return undefined;
  const range = toRange({ ...schema, minimum, maximum }, type);
  const { exclusiveMinimum: above, exclusiveMaximum: below } = range;
  if ((range.minimum ?? above ?? minimum) > (range.maximum ?? below ?? maximum)) return undefined;
  return withoutUndefined<FieldJsonSchema>({
    ...schema,
    type: isNullable(schema) ? [type, "null"] : type,
    enum: values && isNullable(schema) ? [...values, null] : values,
    ...range,
    items,
  });
}
