import { isObject } from "./is-object.ts";

/** For `JSON.stringify`: values that hold the same become the same text, whatever the order of their properties. */
export function sortKeys(_key: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
