import { type FieldJsonSchema, isNullable, type JsonType, type RawSchema, typeOf } from "./json-schema.ts";

/**
 * The one shape in which all converters' schemas come out equal: no `anyOf`, no 53-bit bounds, no unknown keyword, one order of keys.
 * `undefined` for what no form can show: objects, lists of lists, unions of several types, and what JSON has no form for.
 */
export function canonicalise(raw: RawSchema, title?: string): FieldJsonSchema | undefined {
  const branches = toBranches(raw);
  const plain = branches.filter(({ type }) => type !== "null");
  const [first] = plain;
  const values = plain.flatMap((branch) => branch.enum ?? ("const" in branch ? [branch.const] : [])).filter((value) => value !== null);
  const isClosed = values.length > 0;
  const mayBeUnset = plain.length < branches.length;
  if (first === undefined || plain.some(({ type }) => type !== first.type) || (plain.length > 1 && !isClosed)) return undefined;
  const type = isClosed && values.every(Number.isInteger) ? "integer" : (first.type as JsonType);
  const items = type === "array" ? canonicalise(first.items as RawSchema) : undefined;
  const isKnown =
    type === "array" ? items && !isNullable(items) && typeOf(items) !== "array" : /^(string|integer|number|boolean)$/.test(type);
  if (!isKnown) return undefined;
  const schema = {
    type: mayBeUnset ? [type, "null"] : type,
    title: first.title ?? title,
    description: first.description,
    default: first.default ?? (mayBeUnset ? null : undefined),
    enum: isClosed ? [...values, ...(mayBeUnset ? [null] : [])] : undefined,
    ...toBounds(first, type),
    multipleOf: first.multipleOf,
    minLength: first.minLength,
    maxLength: first.maxLength,
    pattern: first.pattern,
    items,
    minItems: first.minItems,
    maxItems: first.maxItems,
  };
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined)) as unknown as FieldJsonSchema;
}

// Every plain schema that a union comes down to; what stands outside of the union wins.
function toBranches({ anyOf, ...outer }: RawSchema = {}): readonly RawSchema[] {
  if (anyOf !== undefined) return anyOf.flatMap((branch) => toBranches({ ...branch, ...outer }));
  return [outer.type ?? []].flat().map((type) => ({ ...outer, type }));
}

function toBounds({ minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below }: RawSchema, type: JsonType) {
  if (type !== "integer") return { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below };
  return {
    minimum: toLimit(above === undefined ? minimum : Math.floor(above) + 1),
    maximum: toLimit(below === undefined ? maximum : Math.ceil(below) - 1),
  };
}

// zod writes the safe-integer range into every integer; a form would show it as a limit.
function toLimit(bound: number | undefined): number | undefined {
  return Math.abs(bound ?? 0) === Number.MAX_SAFE_INTEGER ? undefined : bound;
}
