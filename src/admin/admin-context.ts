import type { AnyModel } from "../model/model.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { Settings } from "../settings/settings.ts";
import type { AdminBudgets } from "./admin-budgets.ts";
import type { AdminClient } from "./admin-client.ts";
import type { Authorize } from "./permission.ts";
import type { TriedRuns } from "./tried-runs.ts";

/** What the endpoints share. */
export interface AdminContext {
  readonly settings: Settings<AnyModel>;
  readonly runs: RunStore;
  readonly client: AdminClient | undefined;
  readonly budgets: AdminBudgets | undefined;
  readonly authorize: Authorize;
  readonly hasPage: boolean;
  /** The stagings that were tried here, for as long as their images are only in memory. */
  readonly tried: TriedRuns;
  /** Keeps a short-lived function alive behind its answer. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
