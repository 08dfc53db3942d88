import { addModelSettings } from "./0015-add-model-settings.ts";
import { restageSettings } from "./0016-restage-settings.ts";
import { restageSettingsTriggers } from "./0017-restage-settings-triggers.ts";
import { restageRuns } from "./0018-restage-runs.ts";
import { restageLimits } from "./0019-restage-limits.ts";
import { restageBooks } from "./0020-restage-books.ts";
import { restageBudgets } from "./0021-restage-budgets.ts";
import type { Migration } from "./migration.ts";

/** All migrations, in their order. What was released stays as it is; a change is a new one. */
export const migrations: readonly Migration[] = [
  addModelSettings,
  restageSettings,
  restageSettingsTriggers,
  restageRuns,
  restageLimits,
  restageBooks,
  restageBudgets,
];
