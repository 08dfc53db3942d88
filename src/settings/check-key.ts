import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import type { Problem } from "../errors/problem.ts";
import { findTextProblem } from "./find-text-problem.ts";

const maximumKeyLength = 255;

/** What is wrong with a key: it must be 1 to 255 characters without control characters. */
export function findKeyProblems(key: unknown): readonly Problem[] {
  const message = key === "" ? "is empty" : findTextProblem(key, maximumKeyLength);
  return message === undefined ? [] : [{ field: "key", message }];
}

/**
 * Refuses keys that no document can have. Every `ConfigStore` calls it before it reads.
 * @throws {InvalidSettingError} for the first such key.
 */
export function checkKeys(keys: readonly string[]): void {
  for (const key of keys) {
    const problems = findKeyProblems(key);
    if (problems.length > 0) throw new InvalidSettingError(key, problems);
  }
}
