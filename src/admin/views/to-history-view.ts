import type { Author } from "../../settings/config-store.ts";
import type { Json } from "../../settings/json.ts";
import type { SettingChange, SettingHistory } from "../../settings/read-history.ts";

/** One version of a setting. */
export interface VersionView {
  readonly version: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly author: Author | null;
  readonly note: string | null;
  readonly isDeletion: boolean;
  /** `null` where it was deleted. */
  readonly value: Json;
  /** Against the version before it. */
  readonly changes: readonly SettingChange[];
}

/** A part of a history, newest first. Pure. */
export function toHistoryView({ versions, ...next }: SettingHistory): {
  readonly versions: readonly VersionView[];
  readonly cursor?: number;
} {
  return {
    versions: versions.map((each) => ({
      version: each.version,
      at: each.updatedAt,
      author: each.author,
      note: each.note,
      isDeletion: each.deleted,
      value: each.deleted ? null : each.value,
      changes: each.changes,
    })),
    ...next,
  };
}
