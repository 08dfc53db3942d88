import { checkPublished } from "./check-published.ts";
import { type FieldJsonSchema, isNullable, typeOf } from "./json-schema.ts";
import type { PublishedField } from "./published-input.ts";

/**
 * A field of a form with only the values that the model takes: an admin is not offered what Replicate would refuse.
 * `undefined` where none is left.
 */
export function narrowToPublished(schema: FieldJsonSchema, rule: PublishedField): FieldJsonSchema | undefined {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  const least = Math.max(minimum, rule.minimum ?? minimum);
  const most = Math.min(maximum, rule.maximum ?? maximum);
  const values = (schema.enum ?? rule.enum)?.filter((value) => value !== null && checkPublished(rule, value) === undefined);
  const items = schema.items && rule.items ? narrowToPublished(schema.items, rule.items) : schema.items;
  const own = typeOf(schema);
  const type = own === "number" && rule.type === "integer" ? "integer" : own;
  const isOther = type !== rule.type && !(type === "integer" && rule.type === "number");
  if (isOther || least > most || values?.length === 0 || (schema.items && !items)) return undefined;
  return {
    ...schema,
    type: isNullable(schema) ? [type, "null"] : type,
    ...(values && { enum: isNullable(schema) ? [...values, null] : values }),
    ...(least > -Infinity && { minimum: least }),
    ...(most < Infinity && { maximum: most }),
    ...(items && { items }),
  };
}
