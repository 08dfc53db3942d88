import { RestageError } from "./restage-error.ts";

/** An admin has paused staging. Nothing was sent; the same call succeeds once the pause is over. */
export class PausedError extends RestageError {
  static override readonly code = "paused";
  /** Why, in the admin's words. */
  declare readonly reason: string;
  /** Whether all staging is paused, or that of one project. */
  declare readonly scope: "global" | "project";

  constructor(reason: string, scope: "global" | "project") {
    const what = scope === "global" ? "All staging" : "Staging of this project";
    super(`${what} is paused: ${reason}. settings.unpause(…) ends it`, { retryable: true, reason, scope });
  }
}
