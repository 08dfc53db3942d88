import { withoutUndefined } from "../basics/without-undefined.ts";
import { type FieldJsonSchema, isNullable, type JsonType, type RawSchema, typeOf } from "./json-schema.ts";
import { toRange } from "./to-range.ts";

/**
 * The one shape in which all converters' schemas come out equal: no `anyOf`, no 53-bit bounds, no unknown keyword, one order of keys.
 * `undefined` for what no form can show: objects, lists of lists, unions of several types, titles that are no text, and
 * what JSON has no form for.
 */
export function canonicalise(raw: RawSchema, title?: string): FieldJsonSchema | undefined {
  const branches = toBranches(raw);
  const plain = branches.filter(({ type }) => type !== "null");
  const [first] = plain;
  const lists = plain.map((branch) => branch.enum ?? ("const" in branch ? [branch.const] : undefined));
  const isClosed = lists.every((list) => list !== undefined);
  const values = [...new Set(lists.flat())].filter((value) => value !== null);
  const mayBeUnset = plain.length < branches.length;
  if (
    first === undefined ||
    plain.some(({ type }) => type !== first.type) ||
    (isClosed ? values.length === 0 || values.some(Number.isNaN) : plain.length > 1)
  )
    return undefined;
  const type = isClosed && values.every(Number.isInteger) ? "integer" : (first.type as JsonType);
  const items = type === "array" ? canonicalise(first.items as RawSchema) : undefined;
  const isKnown =
    type === "array" ? items && !isNullable(items) && typeOf(items) !== "array" : /^(string|integer|number|boolean)$/.test(type);
  const schema = withoutUndefined<FieldJsonSchema>({
    type: mayBeUnset ? [type, "null"] : type,
    title: first.title || title,
    description: first.description,
    default: first.default ?? (mayBeUnset ? null : undefined),
    enum: isClosed ? [...values, ...(mayBeUnset ? [null] : [])] : undefined,
    ...toRange(first, type),
    minLength: first.minLength,
    maxLength: first.maxLength,
    pattern: toPattern(first.pattern),
    items,
    minItems: first.minItems,
    maxItems: first.maxItems,
  });
  const isText = [schema.title, schema.description].every((text) => typeof (text ?? "") === "string");
  return isKnown && isText ? schema : undefined;
}

// Every plain schema that a union comes down to; what stands outside of the union wins.
function toBranches({ anyOf, ...outer }: RawSchema = {}): readonly RawSchema[] {
  if (anyOf !== undefined) return anyOf.flatMap((branch) => toBranches({ ...branch, ...outer }));
  // A branch that takes nothing has no type either, but may be left out.
  return [outer.type ?? ("not" in outer ? [] : "unknown")].flat().map((type) => ({ ...outer, type }));
}

// Validators compile a pattern as Unicode, which refuses some that a program takes.
function toPattern(pattern?: string): string | undefined {
  try {
    return pattern && new RegExp(pattern, "u") && pattern;
  } catch {
    return undefined;
  }
}
