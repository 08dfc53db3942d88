import type { ConfigDocument } from "../../settings/config-store.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";

/** The document of a setting in the scope that was read, a project's or the global one. */
export function ownDocument({ documents, projectId }: SettingsSnapshot, toKey: (projectId?: string) => string): ConfigDocument | undefined {
  return documents.get(toKey(projectId));
}
