import { userInfo } from "node:os";
import type { SettingWriteOptions } from "../../settings/settings-types.ts";
import type { ArgumentDefinition, OptionTable, OptionValues } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/** Which model. */
export const modelArgument: ArgumentDefinition = {
  name: "MODEL",
  isRequired: true,
  description: "The id of a model, or its part behind the slash",
};

/** Whose settings. */
export const projectOption = {
  project: { type: "string", placeholder: "PROJECT", description: "The settings of one project; default: the global ones" },
} as const satisfies OptionTable;

/** What every change of a setting takes. */
export const writeOptions = {
  ...projectOption,
  note: { type: "string", placeholder: "TEXT", description: "Why, for the history" },
  author: { type: "string", placeholder: "NAME", description: "Who, for the history; default: who is logged in here" },
  "expected-version": {
    type: "string",
    placeholder: "N",
    description: "Change it only if this version is stored; 0: only if nothing is",
  },
} as const satisfies OptionTable;

/**
 * What a change says of itself.
 * @throws {UsageError} when the version is no number.
 */
export function toWriteOptions(options: OptionValues<typeof writeOptions>): SettingWriteOptions {
  const { project, note, author = findUserName(), "expected-version": expected } = options;
  return {
    author: { name: author },
    ...(project !== undefined && { projectId: project }),
    ...(note !== undefined && { note }),
    ...(expected !== undefined && { expectedVersion: readVersion("--expected-version", expected) }),
  };
}

/** @throws {UsageError} when a text is no version. */
export function readVersion(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${name} takes the number of a version, such as 3; not ${JSON.stringify(text)}`);
}

// In a container the user may have a number and no name.
function findUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
