import { z } from "../basics/z.ts";

/** The JSON types that a config field may have. */
export type JsonType = "string" | "integer" | "number" | "boolean" | "array" | "object" | "null";

/** One field of a config as draft-07 JSON Schema, in one canonical shape: no `anyOf` with null, no 53-bit bounds. */
export interface FieldJsonSchema {
  readonly type?: JsonType | readonly JsonType[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: FieldJsonSchema;
  readonly [keyword: string]: unknown;
}

/** The draft-07 JSON Schemas of a config's fields, in the order of the table. One that may be left unset has a type with `"null"` in it. */
export function toFieldSchemas(fields: z.ZodRawShape): Readonly<Record<string, FieldJsonSchema>> {
  const { properties = {} } = z.toJSONSchema(z.strictObject(fields), { target: "draft-7", io: "input" });
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, canonicalise(schema as RawSchema)]));
}

/** Whether a field may be left unset. */
export function isNullable({ type, anyOf }: RawSchema): boolean {
  return anyOf === undefined ? Array.isArray(type) && type.includes("null") : anyOf.some(isNull);
}

type RawSchema = FieldJsonSchema & { readonly anyOf?: readonly RawSchema[] };

function canonicalise(raw: RawSchema): FieldJsonSchema {
  const { anyOf, ...outer } = raw;
  const branch = anyOf?.length === 2 && anyOf.some(isNull) ? anyOf.find((schema) => !isNull(schema)) : undefined;
  // A branch without a type (a union of its own, `z.any()`) has nothing that "null" could be added to.
  const branchTypes = [branch?.type ?? []].flat();
  if (anyOf !== undefined && branchTypes.length === 0) return raw;
  const { minimum, maximum, ...rest } = { ...branch, ...outer };
  return {
    ...rest,
    ...(branch && { type: [...branchTypes, "null"] }),
    ...(isLimit(minimum) && { minimum }),
    ...(isLimit(maximum) && { maximum }),
  };
}

function isNull(schema: RawSchema): boolean {
  return schema.type === "null";
}

// zod writes the safe-integer range into every integer; a form would show it as a limit.
function isLimit(bound: number | undefined): boolean {
  return bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER;
}
