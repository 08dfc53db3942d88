import { isObject } from "./is-object.ts";

/** JSON as text: the same for values that hold the same, whatever the order of their properties. */
export function toStableText(value: unknown): string | undefined {
  return JSON.stringify(value, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
