import type { Problem } from "../errors/problem.ts";
import { findBrokenCharacter } from "./find-text-problem.ts";

const maximumDepth = 100;

/**
 * What JSON, or a database's JSON, would lose or refuse of a value: `NaN`, dates and other class instances, functions, `undefined`
 * in a list, U+0000. A property that is `undefined` counts as absent. The value must have no cycles.
 */
export function findJsonProblems(value: unknown, field = "value", depth = 0): readonly Problem[] {
  if (value === null || typeof value === "boolean") return [];
  if (typeof value === "string") return toProblems(field, findBrokenCharacter(value));
  if (typeof value === "number") return toProblems(field, Number.isFinite(value) ? undefined : "must be a finite number");
  if (typeof value !== "object") return toProblems(field, `is of type ${typeof value}, which JSON does not have`);
  if (depth >= maximumDepth) return toProblems(field, `is nested deeper than ${maximumDepth} levels`);
  if (Array.isArray(value)) return Array.from(value).flatMap((item, index) => findJsonProblems(item, `${field}[${index}]`, depth + 1));
  if (!isPlain(value)) return toProblems(field, "is an instance of a class; give plain JSON");
  return Object.entries(value).flatMap(([name, child]) => [
    ...toProblems(`${field}.${name.slice(0, 100)}`, findBrokenCharacter(name)),
    ...(child === undefined ? [] : findJsonProblems(child, `${field}.${name.slice(0, 100)}`, depth + 1)),
  ]);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a test runner's sandbox) has another Object.prototype, which again has none above it.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function toProblems(field: string, message: string | undefined): readonly Problem[] {
  return message === undefined ? [] : [{ field, message }];
}
