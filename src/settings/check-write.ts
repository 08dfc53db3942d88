import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import type { Problem } from "../errors/problem.ts";
import { findAuthorProblems, toAuthor } from "./check-author.ts";
import { findKeyProblems } from "./check-key.ts";
import type { Author, ConfigWriteOptions } from "./config-store.ts";
import { findJsonProblems } from "./find-json-problems.ts";
import { findBrokenCharacter } from "./find-text-problem.ts";

const maximumValueBytes = 1_000_000;
const maximumNoteLength = 2_000;

/** A deletion that was checked. */
export interface CheckedDelete {
  readonly expectedVersion: number | undefined;
  readonly author: Author;
  readonly note: string | null;
}

/** A write that was checked. */
export interface CheckedPut extends CheckedDelete {
  /** The value as JSON text. */
  readonly text: string;
}

/**
 * Checks what `put` was asked. Every `ConfigStore` calls it before it touches anything.
 * @throws {InvalidSettingError} with every problem at once.
 */
export function checkPut(key: string, value: unknown, options: ConfigWriteOptions): CheckedPut {
  const text = toText(value);
  const problems = [...findKeyProblems(key), ...findValueProblems(value, text), ...findOptionProblems(options)];
  if (problems.length > 0 || text === undefined) throw new InvalidSettingError(key, problems);
  return { text, ...toChecked(options) };
}

/**
 * Checks what `delete` was asked. Every `ConfigStore` calls it before it touches anything.
 * @throws {InvalidSettingError} with every problem at once.
 */
export function checkDelete(key: string, options: ConfigWriteOptions): CheckedDelete {
  const problems = [...findKeyProblems(key), ...findOptionProblems(options)];
  if (problems.length > 0) throw new InvalidSettingError(key, problems);
  return toChecked(options);
}

function toText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function findValueProblems(value: unknown, text: string | undefined): readonly Problem[] {
  const report = (message: string): readonly Problem[] => [{ field: "value", message }];
  if (text === undefined) return report("is not JSON: nothing at all, a function, a BigInt, a cycle or too many levels");
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > maximumValueBytes) return report(`has ${bytes} bytes as JSON; at most ${maximumValueBytes} are allowed`);
  return findJsonProblems(value);
}

function findOptionProblems(options: ConfigWriteOptions): readonly Problem[] {
  // Callers in plain JavaScript may leave the options out.
  const { expectedVersion, author, note }: Partial<ConfigWriteOptions> = options ?? {};
  const isVersion = expectedVersion === undefined || (Number.isSafeInteger(expectedVersion) && expectedVersion >= 0);
  const noteProblem = note === undefined ? undefined : findNoteProblem(note);
  return [
    ...findAuthorProblems(author),
    ...(noteProblem === undefined ? [] : [{ field: "note", message: noteProblem }]),
    ...(isVersion ? [] : [{ field: "expectedVersion", message: "must be a whole number of 0 or more" }]),
  ];
}

function findNoteProblem(note: unknown): string | undefined {
  if (typeof note !== "string") return "must be a string";
  if (note.length > maximumNoteLength) return `has ${note.length} characters; at most ${maximumNoteLength} are allowed`;
  return findBrokenCharacter(note);
}

function toChecked({ expectedVersion, author, note }: ConfigWriteOptions): CheckedDelete {
  return { expectedVersion, author: toAuthor(author), note: note ?? null };
}
