import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** A stored setting cannot be used. It is never replaced by a default; the message says how to repair it. */
export class InvalidStoredSettingError extends RestageError {
  static override readonly code = "invalid_stored_setting";
  /** The document; the strongest one, where several have a part in it. */
  readonly key: string;
  readonly problems: readonly Problem[];
  /** How to repair it, in a sentence. */
  readonly wayOut: string;

  constructor(key: string, problems: readonly Problem[], wayOut: string) {
    super({ message: `${listProblems(`The stored setting ${JSON.stringify(key)} is not valid`, problems)}\n${wayOut}` });
    this.key = key;
    this.problems = problems;
    this.wayOut = wayOut;
  }
}
