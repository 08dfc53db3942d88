/** The JSON types that a config field may have. */
export type JsonType = "string" | "integer" | "number" | "boolean" | "array";

/** What one field, or one item of a list, takes: draft-07 JSON Schema in one canonical shape. */
export interface FieldJsonSchema {
  /** With `"null"` where the field may be left unset. */
  readonly type: JsonType | readonly [JsonType, "null"];
  readonly title?: string;
  readonly description?: string;
  /** `null` where the field starts unset. */
  readonly default?: unknown;
  /** The legal values, where they are a closed list; with `null` where the field may be left unset. */
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: FieldJsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** One field of a model's config. */
export interface ModelFieldSchema extends FieldJsonSchema {
  /** Why the field has no effect on the model, where it has none. */
  readonly noEffect?: string;
}

/** A schema as a converter writes it; `{}` is one that JSON has no form for. */
export interface RawSchema extends Omit<FieldJsonSchema, "type" | "items"> {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly RawSchema[];
  readonly const?: unknown;
  readonly items?: RawSchema | readonly RawSchema[];
}

/** Whether a field may be left unset. */
export function isNullable({ type }: Pick<FieldJsonSchema, "type">): boolean {
  return Array.isArray(type);
}

/** The type of a field's values, when it is set. */
export function typeOf({ type }: Pick<FieldJsonSchema, "type">): JsonType {
  return [type].flat()[0] as JsonType;
}
