import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";

// How each is written anew, and how it is taken away.
const repairs = {
  active_model: ["setActive", "resetActive"],
  config: ["saveConfig", "resetConfig"],
  pause: ["pause", "unpause"],
  price: ["setPrice", "resetPrice"],
} as const;

/** A stored setting cannot be used. It is never replaced by a default; the message says how to repair it. */
export class InvalidStoredSettingError extends ProblemsError {
  static override readonly code = "invalid_stored_setting";
  /** The document; the strongest one, where several have a part in it. */
  declare readonly key: string;

  constructor(setting: keyof typeof repairs, key: string, problems: readonly Problem[]) {
    const [write, reset] = repairs[setting];
    const wayOut = `\nRepair it with settings.${write}(…), settings.${reset}(…) or settings.rollback(…)`;
    super(`Invalid stored setting ${JSON.stringify(key)}`, problems, { key }, wayOut);
  }
}
