import { PausedError } from "../errors/paused-error.ts";
import type { Author } from "./config-store.ts";
import { pauseKey } from "./setting-keys.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";
import { parsePause } from "./stored-values.ts";

/** A pause in force. */
export interface Pause {
  /** Whether all staging is paused, or that of one project. */
  readonly scope: "global" | "project";
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
export function findPause({ documents, projectId }: SettingsSnapshot): Pause | null {
  const scopes = [{ scope: "global", key: pauseKey() } as const];
  const all = projectId === undefined ? scopes : [...scopes, { scope: "project", key: pauseKey(projectId) } as const];
  for (const { scope, key } of all) {
    const document = documents.get(key);
    if (document === undefined) continue;
    return { scope, reason: parsePause(document), version: document.version, author: document.author, since: document.updatedAt };
  }
  return null;
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
