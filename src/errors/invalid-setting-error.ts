import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";
import { show } from "./show.ts";

/** What was asked of the settings has a wrong shape: key, value, author, note, project id, page. Nothing was read or written. */
export class InvalidSettingError extends ProblemsError {
  static override readonly code = "invalid_setting";
  /** The setting, where one was named. */
  declare readonly key: string;

  constructor(key: unknown, problems: readonly Problem[]) {
    const shown = show(key);
    super(`Invalid use of the setting ${JSON.stringify(shown)}`, problems, { key: shown });
  }
}
