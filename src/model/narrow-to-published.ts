import { checkPublished } from "./check-published.ts";
import type { FieldJsonSchema } from "./json-schema.ts";
import type { PublishedInput } from "./published-input.ts";

/** Narrows a field of a form to the values that the model takes: an admin is not offered what Replicate would refuse. */
export function narrowToPublished({ inputs }: PublishedInput): (name: string, schema: FieldJsonSchema) => FieldJsonSchema {
  return (name, schema) => {
    const rule = inputs[name];
    if (rule === undefined) return schema;
    return {
      ...schema,
      ...(schema.enum && { enum: schema.enum.filter((value) => checkPublished(rule, value) === undefined) }),
      ...(rule.minimum !== undefined && { minimum: Math.max(rule.minimum, schema.minimum ?? rule.minimum) }),
      ...(rule.maximum !== undefined && { maximum: Math.min(rule.maximum, schema.maximum ?? rule.maximum) }),
    };
  };
}
