import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import type { Problem } from "../errors/problem.ts";
import { findKeyProblems } from "./check-key.ts";
import type { HistoryOptions, ListOptions } from "./config-store.ts";
import { findTextProblem } from "./find-text-problem.ts";

const defaultLimit = 100;
const maximumLimit = 1_000;

/**
 * Checks what `list` was asked and fills the limit in. Every `ConfigStore` calls it.
 * @throws {InvalidSettingError} with every problem at once.
 */
export function checkListPage(
  prefix: string,
  { cursor, limit = defaultLimit }: ListOptions,
): { cursor: string | undefined; limit: number } {
  const prefixProblem = findTextProblem(prefix, 255);
  const cursorProblem = cursor === undefined ? undefined : findTextProblem(cursor, 1_000);
  check(prefix, [
    ...(prefixProblem === undefined ? [] : [{ field: "prefix", message: prefixProblem }]),
    ...(cursorProblem === undefined ? [] : [{ field: "cursor", message: cursorProblem }]),
    ...findLimitProblems(limit),
  ]);
  return { cursor, limit };
}

/**
 * Checks what `history` was asked and fills the limit in. Every `ConfigStore` calls it.
 * @throws {InvalidSettingError} with every problem at once.
 */
export function checkHistoryPage(
  key: string,
  { cursor, limit = defaultLimit }: HistoryOptions,
): { cursor: number | undefined; limit: number } {
  const isCursor = cursor === undefined || (Number.isSafeInteger(cursor) && cursor >= 1);
  check(key, [
    ...findKeyProblems(key),
    ...(isCursor ? [] : [{ field: "cursor", message: "must be the cursor of the page before: a whole number of 1 or more" }]),
    ...findLimitProblems(limit),
  ]);
  return { cursor, limit };
}

function findLimitProblems(limit: number): readonly Problem[] {
  const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= maximumLimit;
  return isLimit ? [] : [{ field: "limit", message: `must be a whole number from 1 to ${maximumLimit}` }];
}

function check(key: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidSettingError(key, problems);
}
