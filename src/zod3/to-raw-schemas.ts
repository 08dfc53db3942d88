import { zodToJsonSchema } from "zod-to-json-schema";
import type { RawSchema } from "../model/json-schema.ts";
import type { Zod3Methods } from "./zod3-type.ts";

/** The draft-07 schemas that zod-to-json-schema writes for the fields of a zod 3 object, under the given titles. */
export function toRawSchemas(
  object: Zod3Methods,
  titles: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, RawSchema>> {
  const { properties } = zodToJsonSchema(object as never, {
    $refStrategy: "none",
    postProcess: (schema, def) => (hasPlainPattern(def) ? schema : { ...schema, pattern: undefined }),
  }) as { properties: Readonly<Record<string, RawSchema>> };
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, { ...schema, title: titles[name] } as RawSchema]));
}

// As in zod 4, where a pattern is that of one `.regex()` without flags: a schema has none, and formats are another thing in each zod.
function hasPlainPattern(def: object): boolean {
  const { checks = [] } = def as { readonly checks?: readonly { readonly kind: string; readonly regex?: RegExp }[] };
  return checks.every(({ kind, regex }) => /^(regex|min|max|length|trim|to)/.test(kind) && !/[^u]/.test(regex?.flags ?? ""));
}
