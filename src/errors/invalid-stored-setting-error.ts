import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

// How each is written anew, and how it is taken away.
const repairs = {
  active_model: ["setActive", "resetActive"],
  config: ["saveConfig", "resetConfig"],
  pause: ["pause", "unpause"],
} as const;

/** A stored setting cannot be used. It is never replaced by a default; the message says how to repair it. */
export class InvalidStoredSettingError extends RestageError {
  static override readonly code = "invalid_stored_setting";
  /** The document; the strongest one, where several have a part in it. */
  declare readonly key: string;
  declare readonly problems: readonly Problem[];

  constructor(setting: keyof typeof repairs, key: string, problems: readonly Problem[]) {
    const [write, reset] = repairs[setting];
    const wayOut = `Write it anew with settings.${write}(…), take it away with settings.${reset}(…), or go back with settings.rollback(…).`;
    super({ message: `${listProblems(`The stored setting ${JSON.stringify(key)} is not valid`, problems)}\n${wayOut}` }, { key, problems });
  }
}
