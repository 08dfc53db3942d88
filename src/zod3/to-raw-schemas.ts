import { zodToJsonSchema } from "zod-to-json-schema";
import type { RawSchema } from "../model/json-schema.ts";
import type { Zod3Methods } from "./zod3-type.ts";

/** The draft-07 schemas that zod-to-json-schema writes for the fields of a zod 3 object, under the given titles. */
export function toRawSchemas(
  object: Zod3Methods,
  titles: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, RawSchema>> {
  const { properties } = zodToJsonSchema(object as never, { $refStrategy: "none" }) as { properties: Readonly<Record<string, RawSchema>> };
  const entries = Object.entries(properties);
  return Object.fromEntries(entries.map(([name, schema]) => [name, { ...schema, ...(titles[name] && { title: titles[name] }) }]));
}
