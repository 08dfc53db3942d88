/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const maximumDepth = 100;

/**
 * The place in a value that JSON, or a database's JSON, would lose or refuse: `NaN`, a date or another class instance, a function,
 * `undefined` in a list, a broken text, a cycle. The first one; `undefined` where there is none. An `undefined` property counts as absent.
 */
export function findNonJson(value: unknown, path: readonly string[] = []): readonly string[] | undefined {
  if (typeof value === "string") return isWhole(value) ? undefined : path;
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return undefined;
  const isList = Array.isArray(value);
  if (typeof value !== "object" || path.length === maximumDepth || !(isList || isPlain(value))) return path;
  // The copy of a list shows its gaps.
  for (const [name, child] of Object.entries(isList ? [...value] : value)) {
    const place = [...path, name.slice(0, 100)];
    const found = findNonJson(name, place) ?? (child === undefined && !isList ? undefined : findNonJson(child, place));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether Postgres can keep a text: it refuses NUL and halves of characters. */
export function isWhole(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a test runner's sandbox) has another Object.prototype, which again has none above it.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
