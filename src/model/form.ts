import type { z } from "zod";
import { type FieldJsonSchema, isNullable, type JsonType, toFieldSchemas } from "./json-schema.ts";

/** One field of a config form, in the shape that the Go service's admin panel reads. */
export interface FormField {
  readonly name: string;
  readonly type: "string" | "int" | "float" | "bool" | "array";
  /** The value a new form starts with; `null` where the field starts unset. */
  readonly default: unknown;
  readonly description: string;
  /** The legal values, where they are a closed list. */
  readonly options?: readonly unknown[];
  /** Smallest legal value, inclusive. */
  readonly min?: number;
  /** Largest legal value, inclusive. */
  readonly max?: number;
  /** `false` where the field may be left unset. */
  readonly required: boolean;
}

/** The form fields of a field table, starting from `defaults`, each narrowed by what `narrow` returns for it. */
export function toFormFields(
  fields: z.ZodRawShape,
  defaults: Readonly<Record<string, unknown>>,
  narrow: (name: string, schema: FieldJsonSchema) => FieldJsonSchema = (_, schema) => schema,
): readonly FormField[] {
  return Object.entries(toFieldSchemas(fields)).map(([name, property]) => {
    const schema = narrow(name, property);
    return {
      name,
      type: toFormType(schema),
      default: defaults[name] ?? null,
      description: schema.description ?? "",
      ...(schema.enum && { options: schema.enum }),
      ...(schema.minimum !== undefined && { min: schema.minimum }),
      ...(schema.maximum !== undefined && { max: schema.maximum }),
      required: !isNullable(schema),
    };
  });
}

const formTypes: Partial<Record<JsonType, FormField["type"]>> = { integer: "int", number: "float", boolean: "bool", array: "array" };

function toFormType({ type }: FieldJsonSchema): FormField["type"] {
  const jsonType = [type].flat().find((name) => name !== "null");
  return formTypes[jsonType as JsonType] ?? "string";
}
