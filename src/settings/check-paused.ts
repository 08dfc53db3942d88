import { PausedError } from "../errors/paused-error.ts";
import type { Author } from "./config-store.ts";
import { pauseKey } from "./setting-keys.ts";
import { findDocuments, type Scope, type SettingsSnapshot } from "./settings-snapshot.ts";
import { parseStored } from "./stored-values.ts";

/** A pause in force. */
export interface Pause {
  /** Whether all staging is paused, or that of one project. */
  readonly scope: Scope;
  readonly reason: string;
  readonly version: number;
  readonly author: Author | null;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/**
 * The pause in force, the global one first; `null` where there is none.
 * @throws {InvalidStoredSettingError} when a stored pause cannot be read: staging does not go on past it.
 */
export function findPause(snapshot: SettingsSnapshot): Pause | null {
  const pause = findDocuments(snapshot, pauseKey).at(-1);
  if (pause === undefined) return null;
  const { scope, document } = pause;
  const { version, author, updatedAt } = document;
  return { scope, ...parseStored("pause", document), version, author, since: updatedAt };
}

/**
 * Lets a staging pass where neither everything nor its project is paused.
 * @throws {PausedError} with the admin's reason.
 * @throws {InvalidStoredSettingError} when a stored pause cannot be read.
 */
export function checkPaused(snapshot: SettingsSnapshot): void {
  const pause = findPause(snapshot);
  if (pause !== null) throw new PausedError(pause.reason, pause.scope);
}
