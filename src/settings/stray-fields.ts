import type { Warning } from "../model/warning.ts";
import type { ConfigLayer } from "./config-layers.ts";
import type { ConfigDocument } from "./config-store.ts";
import type { Json } from "./json.ts";

/** What a stored config holds beyond the fields of its class: kept when it is saved again. */
function findStrayFields<Value>(config: Readonly<Record<string, Value>>, fieldNames: readonly string[]): Readonly<Record<string, Value>> {
  // fromEntries defines its properties, so that a stored `__proto__` stays a name like any other.
  return Object.fromEntries(Object.entries(config).filter(([name]) => !fieldNames.includes(name)));
}

/** The stray fields of a document that may have any shape, so that a broken one can be saved anew. */
export function readStrayFields(document: ConfigDocument | undefined, fieldNames: readonly string[]): Readonly<Record<string, Json>> {
  const { value } = document ?? {};
  const config = isObject(value) ? value.config : undefined;
  return isObject(config) ? findStrayFields(config, fieldNames) : {};
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One warning for each stored field that the class does not have. A layer of the caller gives none. */
export function toStrayWarnings({ key, origin, values }: ConfigLayer, fieldNames: readonly string[]): readonly Warning[] {
  if (key === null) return [];
  return Object.keys(findStrayFields(values, fieldNames)).map((name) => ({
    severity: "warning",
    code: "unknown_stored_field",
    field: name.slice(0, 100),
    reason: `The stored setting ${JSON.stringify(key)} holds a field that this release does not know; it is kept and has no effect`,
    wayOut: `Correct its name, or reset the config and save it without the field; known fields: ${fieldNames.join(", ")}`,
    origin,
  }));
}
