import type { Problem } from "../../errors/problem.ts";
import { findPause, type Pause } from "../../settings/check-paused.ts";
import { pauseKey } from "../../settings/setting-keys.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";
import { ownDocument } from "./own-document.ts";
import { toIssues } from "./to-issues.ts";

/** Whether staging is paused, for a project or for all. */
export interface PauseView {
  /** That of this scope; `null` where it has none. */
  readonly pause: Pause | null;
  /** The pause that holds here, the global one first. */
  readonly inForce: Pause | null;
  /** The version of this scope's pause; `null` where it has none. */
  readonly version: number | null;
  /** Why a stored pause cannot be read, which stops every staging; none where it can. */
  readonly issues: readonly Problem[];
}

/** The pause of this scope, and the one in force. Pure. */
export function toPauseView(snapshot: SettingsSnapshot): PauseView {
  const own = ownDocument(snapshot, pauseKey);
  const version = own?.version ?? null;
  try {
    const inForce = findPause(snapshot);
    const documents = new Map(own === undefined ? [] : [[own.key, own]]);
    return { pause: findPause({ ...snapshot, documents }), inForce, version, issues: [] };
  } catch (error) {
    return { pause: null, inForce: null, version, issues: toIssues(error) };
  }
}
