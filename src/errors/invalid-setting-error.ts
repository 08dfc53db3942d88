import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** What was asked of the settings has a wrong shape: key, value, author, note, project id, page. Nothing was read or written. */
export class InvalidSettingError extends RestageError {
  static override readonly code = "invalid_setting";
  /** The setting, where one was named. */
  declare readonly key: string;
  declare readonly problems: readonly Problem[];

  constructor(key: unknown, problems: readonly Problem[]) {
    const shown = typeof key === "string" ? key.slice(0, 255) : typeof key;
    super({ message: listProblems(`The setting ${JSON.stringify(shown)} cannot be used like this`, problems) }, { key: shown, problems });
  }
}
