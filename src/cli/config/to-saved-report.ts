import type { Warning } from "../../model/warning.ts";
import { type BuiltInModel, registry } from "../../models/registry.ts";
import { type SettingTarget, toSettingKey } from "../../settings/setting-keys.ts";
import { toWarningLine } from "../plan-text.ts";
import type { Storage } from "../storage/storage.ts";
import { toTable } from "../table.ts";
import { toChangeRows } from "./change-rows.ts";
import type { Report } from "./define-settings-command.ts";

/** What a write gave: `null` where there was nothing to delete. */
export interface Saved {
  readonly version: number | null;
  readonly warnings?: readonly Warning[];
  /** Whether the version was there before, since the write would have changed nothing. */
  readonly isUnchanged?: boolean;
}

/** What is told of every write: what it changed, what to mind, and where it went. */
export async function toSavedReport(
  { settings, place }: Storage,
  target: SettingTarget<BuiltInModel["id"]>,
  { version, warnings = [], isUnchanged = false }: Saved,
): Promise<Report> {
  const key = toSettingKey(registry, target);
  const written = version === null || isUnchanged ? [] : (await settings.history(target, { cursor: version + 1, limit: 1 })).versions;
  const changes = written.flatMap((saved) => saved.changes);
  return {
    json: { key, version, place, changes, warnings },
    text: (style) => {
      const rows = toChangeRows(changes, style).map(([field, ...cells]) => [`  ${field || key}`, ...cells]);
      const saved =
        version === null ? `nothing was stored in ${place}, so there is nothing to delete` : `saved as version ${version} in ${place}`;
      const outcome = isUnchanged ? `nothing was written to ${place}` : saved;
      return [
        rows.length === 0 ? style.dim(`  ${key}: nothing changed`) : toTable(rows),
        ...warnings.map((warning) => toWarningLine(warning, style)),
        `${style.green("✓")} ${outcome}`,
      ].join("\n");
    },
  };
}
