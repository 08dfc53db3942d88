import { withoutUndefined } from "../basics/without-undefined.ts";
import { type FieldJsonSchema, isNullable, type JsonType, type ModelFieldSchema, typeOf } from "./json-schema.ts";

/** What one value of a form may be. */
export interface FormValue {
  readonly type: "string" | "int" | "float" | "bool" | "array";
  /** The legal values, where they are a closed list. */
  readonly options?: readonly unknown[];
  /** Smallest legal value, inclusive. */
  readonly min?: number;
  /** Largest legal value, inclusive. */
  readonly max?: number;
  /** Every legal number is a multiple of it. */
  readonly step?: number;
}

/** One field of a config form, in the shape that the Go service's admin panel reads. */
export interface FormField extends FormValue {
  readonly name: string;
  /** The value a new form starts with; `null` where the field starts unset. */
  readonly default: unknown;
  readonly description: string;
  /** What a list holds. */
  readonly items?: FormValue;
  /** How many items a list has at least. */
  readonly min_items?: number;
  /** How many items a list has at most. */
  readonly max_items?: number;
  /** `false` where the field may be left unset. */
  readonly required: boolean;
  /** Why the field has no effect on this model, where it has none. */
  readonly no_effect?: string;
}

/** The fields of a form. */
export function toFormFields(schemas: Readonly<Record<string, ModelFieldSchema>>): readonly FormField[] {
  return Object.entries(schemas).map(([name, schema]) => {
    const { description = "", items, minItems, maxItems, noEffect } = schema;
    const { type, ...limits } = toFormValue(schema);
    return withoutUndefined<FormField>({
      name,
      type,
      default: schema.default,
      description,
      ...limits,
      items: items && toFormValue(items),
      min_items: minItems,
      max_items: maxItems,
      required: !isNullable(schema),
      no_effect: noEffect,
    });
  });
}

const formTypes: Readonly<Record<JsonType, FormValue["type"]>> = {
  string: "string",
  integer: "int",
  number: "float",
  boolean: "bool",
  array: "array",
};

function toFormValue(schema: FieldJsonSchema): FormValue {
  return withoutUndefined<FormValue>({
    type: formTypes[typeOf(schema)],
    options: schema.enum?.filter((value) => value !== null),
    min: schema.minimum,
    max: schema.maximum,
    step: schema.multipleOf,
  });
}
