import { withoutUndefined } from "../basics/without-undefined.ts";
import { type FieldJsonSchema, isNullable, type JsonType, type ModelFieldSchema, typeOf } from "./json-schema.ts";
import type { AnyModel } from "./model.ts";
import { toLabel } from "./to-label.ts";
import { toSentences } from "./to-sentences.ts";

/** One legal value, and what people read. */
export interface FormOption {
  readonly const: JsonScalar;
  readonly title: string;
}

type JsonScalar = string | number | boolean | null;

/** One field of a form, as draft-07 JSON Schema: `oneOf` holds the legal values where they are a closed list. */
export interface FormProperty extends Omit<FieldJsonSchema, "type" | "default" | "enum" | "items"> {
  readonly type: JsonType | [JsonType, "null"];
  readonly default?: JsonScalar | JsonScalar[];
  readonly oneOf?: FormOption[];
  readonly items?: FormProperty;
  readonly [extension: `x-${string}`]: unknown;
}

/** The schema of a form: draft-07 without `$ref` and `anyOf`. No field is required, since each has a default. */
export interface FormSchema {
  readonly $schema: string;
  readonly title: string;
  readonly description: string;
  readonly type: "object";
  readonly properties: Readonly<Record<string, FormProperty>>;
  readonly additionalProperties: false;
}

/** The schema of a model's form. */
export function toFormSchema(
  { name: title, description, published: { inputs, asOf } }: AnyModel,
  schemas: Readonly<Record<string, ModelFieldSchema>>,
  extensionKeywords: boolean,
): FormSchema {
  const properties = Object.entries(schemas).map(([name, { noEffect, ...schema }]) => {
    const rule = noEffect === undefined ? inputs[name] : undefined;
    const { minimum, maximum } = schema;
    const isPublishedRange = minimum !== undefined && minimum === rule?.minimum && maximum === rule.maximum;
    const range = isPublishedRange && `Range as Replicate publishes it (${asOf})`;
    const isTitle = schema.description?.toLowerCase() === schema.title?.toLowerCase();
    const notes = [!isTitle && schema.description, range, rule?.documented?.reason, noEffect];
    return [
      name,
      {
        ...toProperty(schema),
        description: toSentences(...notes) || undefined,
        ...(extensionKeywords && { "x-no-effect": noEffect, "x-documented-limit": rule?.documented, "x-published-on": rule && asOf }),
      },
    ];
  });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title,
    description,
    type: "object",
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function toProperty({ enum: values, items, multipleOf, ...rest }: FieldJsonSchema): FormProperty {
  // A checkbox could not be unset again.
  const listed = values ?? (typeOf(rest) === "boolean" && isNullable(rest) ? [true, false, null] : undefined);
  return withoutUndefined<FormProperty>({
    ...(rest as FormProperty),
    // Validators divide: to them, 0.3 is no multiple of 0.1. They are right where the step is a binary fraction.
    multipleOf: multipleOf && Number.isInteger(multipleOf * 2 ** 20) ? multipleOf : undefined,
    oneOf: listed?.map(toOption),
    items: items && toProperty(items),
  });
}

function toOption(value: unknown): FormOption {
  const title = value === null ? "Unset" : value === true ? "On" : value === false ? "Off" : String(value);
  return { const: value as FormOption["const"], title: title.includes("_") ? toLabel(title) : title };
}
